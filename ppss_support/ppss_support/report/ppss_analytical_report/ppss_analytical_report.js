ppss.reports.define("PPSS Analytical Report", ["organisation", "school_year", "report_period", "from_date", "to_date"]);
