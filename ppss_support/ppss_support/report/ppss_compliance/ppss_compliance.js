ppss.reports.define("PPSS Compliance", [
	"organisation",
	"school_year",
	"school_class",
	"specialist",
	ppss.reports.select("kind", __("Kind"), ["Breach", "Overdue", "Missing", "Unsigned", "Due Soon"]),
	{ fieldname: "clause", label: __("Clause"), fieldtype: "Data" },
]);
