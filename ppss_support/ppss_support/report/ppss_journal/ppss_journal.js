ppss.reports.define("PPSS Journal", ["organisation", "school_year", "journal"]);
