// Packs: the action of lists whose rows have papers, and the buttons of a class. The server decides.
frappe.provide("ppss.packs");

ppss.packs.LISTS = [
	"PPSS Consent",
	"PPSS Support Order",
	"PPSS Learner List",
	"PPSS Needs Assessment",
	"PPSS Programme",
	"PPSS Meeting",
	"PPSS Referral",
	"PPSS Ethics Acknowledgement",
	"PPSS Assistant Assignment",
	"PPSS Annual Plan",
	"PPSS Activity",
];

ppss.packs.open = async function (method, values) {
	const { message } = await frappe.call(`ppss_support.packs.doors.${method}`, values);
	frappe.set_route("Form", "PPSS Pack", message);
};

ppss.packs.add_action = function (list) {
	if (!frappe.model.can_create("PPSS Pack")) return;
	list.page.add_actions_menu_item(
		__("Make a Pack"),
		() => ppss.packs.open("of_documents", { doctype: list.doctype, names: list.get_checked_items(true) }),
		false,
	);
};

for (const doctype of ppss.packs.LISTS) {
	const settings = (frappe.listview_settings[doctype] ??= {});
	settings.onload = ppss.packs.add_action;
}

frappe.ui.form.on("PPSS Class", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_create("PPSS Pack")) return;
		const consents = (blank) => () =>
			ppss.packs.open("consents_for_class", { school_class: frm.doc.name, blank });
		frm.add_custom_button(__("Prepared, with Names"), consents(0), __("Consents for the Class"));
		frm.add_custom_button(__("Blank Forms"), consents(1), __("Consents for the Class"));
	},
});
