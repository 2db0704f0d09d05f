ppss.reports.define("PPSS Consent Register", [
	"organisation",
	"school_year",
	"school_class",
	ppss.reports.select("state", __("State"), ["Missing", "Prepared", "Signed", "Refused", "Withdrawn", "Expired"]),
]);
