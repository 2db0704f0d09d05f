ppss.reports.define("PPSS Learners by Need", ["organisation", "school_year", "school_class"]);
