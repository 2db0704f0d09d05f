ppss.reports.define("PPSS Groups", ["organisation", "school_year", "specialist", "only_breaches"]);
