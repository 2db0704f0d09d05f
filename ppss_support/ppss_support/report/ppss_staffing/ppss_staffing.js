ppss.reports.define("PPSS Staffing", [
	ppss.reports.select("view", __("View"), ["People", "History"]),
	"organisation",
	"school_year",
	"from_date",
	"to_date",
	"specialist",
]);
