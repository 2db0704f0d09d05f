ppss.paper.setup("PPSS Learner List");
