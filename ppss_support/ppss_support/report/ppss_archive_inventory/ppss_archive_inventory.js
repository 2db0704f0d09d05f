ppss.reports.define(
	"PPSS Archive Inventory",
	[
		"organisation",
		"school_year",
		{ fieldname: "case_index", label: __("Archive Case"), fieldtype: "Link", options: "PPSS Case Index" },
	],
	{
		onload(report) {
			report.page.add_inner_button(__("Print the Inventory"), () => {
				const { school_year = "", organisation = "" } = report.get_values();
				const query = new URLSearchParams({ school_year, organisation });
				window.open(`/api/method/ppss_support.archive.inventory.download?${query}`);
			});
		},
	}
);
