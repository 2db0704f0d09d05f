ppss.paper.setup("PPSS Session");
