frappe.listview_settings["PPSS Case Index"] = {
	onload(list) {
		list.page.add_inner_button(__("Print the Nomenclature"), () =>
			window.open("/api/method/ppss_support.archive.nomenclature.download")
		);
	},
};
