ppss.reports.define("PPSS Without Participation", ["organisation", "school_year", "quarter", "school_class"]);
