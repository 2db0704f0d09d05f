ppss.reports.define("PPSS Documentation", [
	"organisation",
	"school_year",
	"school_class",
	ppss.reports.select("standing", __("Standing"), ["Missing", "Draft", "Approved", "Overdue", "Kept outside the App"]),
]);
