ppss.reports.define("PPSS Adjoining Specialists", [
	"organisation",
	"school_year",
	"from_date",
	"to_date",
	ppss.reports.select("standing", __("State"), ["Answered", "Waiting"]),
	"only_urgent",
]);
