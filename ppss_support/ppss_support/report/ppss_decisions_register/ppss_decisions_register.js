ppss.reports.define("PPSS Decisions Register", [
	"organisation",
	"school_year",
	"from_date",
	"to_date",
	"decision_kind",
	"specialist",
	ppss.reports.select("execution", __("Execution"), ["Open", "Overdue", "Executed"]),
]);
