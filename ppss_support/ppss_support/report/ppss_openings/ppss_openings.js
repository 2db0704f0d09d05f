ppss.reports.define("PPSS Openings", [
	"organisation",
	"learner",
	"specialist",
	{ ...ppss.reports.FILTERS.from_date(), default: frappe.datetime.add_days(frappe.datetime.get_today(), -30) },
	"to_date",
	ppss.reports.select("deed", __("Action"), ["Opened", "Printed", "Downloaded", "Exported"]),
]);
