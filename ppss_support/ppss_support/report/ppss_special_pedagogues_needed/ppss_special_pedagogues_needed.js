ppss.reports.define("PPSS Special Pedagogues Needed", ["organisation"]);
