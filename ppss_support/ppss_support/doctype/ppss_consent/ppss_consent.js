ppss.paper.setup("PPSS Consent");
