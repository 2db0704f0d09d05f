ppss.reports.define("PPSS Archive Inventory", [
	"organisation",
	"school_year",
	{ fieldname: "case_index", label: __("Archive Case"), fieldtype: "Link", options: "PPSS Case Index" },
]);
