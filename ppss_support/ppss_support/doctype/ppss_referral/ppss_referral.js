ppss.paper.setup("PPSS Referral");
