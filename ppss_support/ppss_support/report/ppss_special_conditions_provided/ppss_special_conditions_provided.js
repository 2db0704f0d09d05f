ppss.reports.define("PPSS Special Conditions Provided", [
	"organisation",
	"school_year",
	"school_class",
	"condition",
	"only_gaps",
]);
