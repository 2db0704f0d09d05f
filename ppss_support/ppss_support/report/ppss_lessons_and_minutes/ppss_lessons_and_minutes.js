ppss.reports.define("PPSS Lessons and Minutes", [
	"organisation",
	"school_year",
	"from_date",
	"to_date",
	"specialist",
	"form",
]);
