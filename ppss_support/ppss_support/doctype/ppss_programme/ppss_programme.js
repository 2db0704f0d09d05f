ppss.paper.setup("PPSS Programme");
