ppss.paper.setup("PPSS Staffing Table");
