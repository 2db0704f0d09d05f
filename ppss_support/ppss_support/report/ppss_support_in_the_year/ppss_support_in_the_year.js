ppss.reports.define("PPSS Support in the Year", [
	"organisation",
	"learner",
	"school_year",
	{ fieldname: "all_years", label: __("All School Years"), fieldtype: "Check" },
]);
