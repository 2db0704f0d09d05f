"""Papers as PDF: the engines behind one interface, many papers in one pass, joining."""
