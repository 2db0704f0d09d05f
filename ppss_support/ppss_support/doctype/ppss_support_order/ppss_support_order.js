ppss.paper.setup("PPSS Support Order");
