ppss.reports.define("PPSS Openings", [
	"organisation",
	{ ...ppss.reports.FILTERS.learner(), reqd: 0 },
	"specialist",
	{ ...ppss.reports.FILTERS.from_date(), default: frappe.datetime.add_days(frappe.datetime.get_today(), -30) },
	"to_date",
	ppss.reports.select("deed", __("Action"), ["Opened", "Printed", "Downloaded", "Exported"]),
]);
