ppss.reports.define("PPSS Assistants by Quarter", ["organisation", "school_year", "quarter", "specialist"]);
