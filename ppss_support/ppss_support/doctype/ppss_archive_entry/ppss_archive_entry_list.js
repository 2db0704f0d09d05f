frappe.listview_settings["PPSS Archive Entry"] = {
	add_fields: ["event"],
	hide_name_column: true,
	get_indicator(row) {
		const colours = { Frozen: "green", Scanned: "blue", "Signed Electronically": "blue" };
		return [__(row.event), colours[row.event] || "gray", `event,=,${row.event}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Check the Register"), () =>
			frappe.call({ method: "ppss_support.archive.doors.verify", type: "POST" }).then(() =>
				frappe.show_alert(__("The register is being checked; the result comes as a notice."))
			)
		);
	},
};
