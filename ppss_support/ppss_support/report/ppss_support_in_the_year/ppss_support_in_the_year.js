ppss.reports.define("PPSS Support in the Year", ["organisation", "learner", "school_year"]);
