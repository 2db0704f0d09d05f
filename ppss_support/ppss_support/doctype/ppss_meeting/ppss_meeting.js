ppss.paper.setup("PPSS Meeting");
