frappe.listview_settings["PPSS Session"] = {
	onload(list) {
		list.page.add_inner_button(__("My Day"), () => {
			const day = { fieldname: "day", fieldtype: "Date", label: __("Date"), reqd: 1, default: "Today" };
			frappe.prompt(day, (asked) => ppss.lessons.record(asked, () => list.refresh()), __("My Day"));
		});
	},
};
