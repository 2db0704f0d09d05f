ppss.reports.define("PPSS Referrals Register", ["organisation", "school_year", "centre"]);
