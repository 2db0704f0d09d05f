ppss.paper.setup("PPSS PMPC Recommendation");
