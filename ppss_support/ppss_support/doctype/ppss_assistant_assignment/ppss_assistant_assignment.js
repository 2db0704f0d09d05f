ppss.paper.setup("PPSS Assistant Assignment");
