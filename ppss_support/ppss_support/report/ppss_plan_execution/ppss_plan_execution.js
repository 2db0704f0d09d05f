ppss.reports.define("PPSS Plan Execution", ["organisation", "school_year"]);
