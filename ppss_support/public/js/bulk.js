// Actions of lists: the server does each row by its own rules and answers with a table.
frappe.provide("ppss.bulk");

ppss.bulk.call = async function (list, method, values) {
	const names = list.get_checked_items(true);
	await frappe.call({ method: `ppss_support.bulk.doors.${method}`, args: { names, ...values }, freeze: true });
	list.refresh();
};

ppss.bulk.add_reminder = function (list) {
	const { doctype } = list;
	list.page.add_actions_menu_item(__("Send Reminders"), () => ppss.bulk.call(list, "remind", { doctype }), false);
};

ppss.bulk.add_handing_over = function (list) {
	if (!frappe.model.can_write(list.doctype)) return;
	list.page.add_actions_menu_item(__("Hand over to Another Specialist"), () => ppss.bulk.hand_over(list), false);
};

ppss.bulk.hand_over = function (list) {
	const person = { fieldtype: "Link", options: "PPSS Specialist", reqd: 1 };
	const dialog = new frappe.ui.Dialog({
		title: __("Hand over to Another Specialist"),
		fields: [
			{ ...person, fieldname: "leaving", label: __("Worked with the Child until Now") },
			{
				...person,
				fieldname: "taking",
				label: __("Goes on with the Child"),
				get_query: () => ({ filters: { active: 1 } }),
			},
			{
				fieldname: "first_day",
				fieldtype: "Date",
				label: __("First Day"),
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
		],
		primary_action_label: __("Hand Over"),
		async primary_action(values) {
			await ppss.bulk.call(list, "reassign", values);
			dialog.hide();
		},
	});
	dialog.show();
};

ppss.bulk.ACTIONS = {
	"PPSS Support Case": [ppss.bulk.add_handing_over, ppss.bulk.add_reminder],
	"PPSS Consent": [ppss.bulk.add_reminder],
	"PPSS Programme": [ppss.bulk.add_reminder],
	"PPSS Request": [ppss.bulk.add_reminder],
};

for (const [doctype, actions] of Object.entries(ppss.bulk.ACTIONS)) {
	const settings = (frappe.listview_settings[doctype] ??= {});
	const before = settings.onload;
	settings.onload = (list) => [before, ...actions].forEach((add) => add?.(list));
}
