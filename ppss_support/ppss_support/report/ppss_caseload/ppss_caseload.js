ppss.reports.define("PPSS Caseload", ["organisation", "school_year", "specialist"]);
