ppss.reports.define("PPSS Overrides and Warnings", [
	"organisation",
	"school_year",
	"from_date",
	"to_date",
	ppss.reports.select("kind", __("Kind"), ["Warning", "Override", "Changed Setting"]),
	{ fieldname: "rule", label: __("Rule"), fieldtype: "Data" },
]);
