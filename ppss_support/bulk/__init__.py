"""Actions of lists: each row by the reader's own rights and rules, done whole or not at all, and answered for (`rows.py`)."""
