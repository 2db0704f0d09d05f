ppss.paper.setup("PPSS Needs Assessment");
