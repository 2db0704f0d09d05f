// What every paper needs in the browser: a reason is asked for where the server will want one. No rules live here.
frappe.provide("ppss.paper");

ppss.paper.setup = function (doctype) {
	frappe.ui.form.on(doctype, {
		before_workflow_action: (frm) => ppss.paper.ask_reason(frm),
		after_workflow_action: (frm) => frm.reload_doc(),
	});
};

ppss.paper.ask_reason = function (frm) {
	const wanted = (frm.doc.__onload || {}).reason_actions || [];
	if (!wanted.includes(frm.selected_workflow_action)) return;
	// The Desk has frozen the page before this event: the dialog must be reachable.
	frappe.dom.unfreeze();
	return new Promise((resolve, reject) => {
		let given = false;
		const dialog = frappe.prompt(
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
			({ reason }) => {
				given = true;
				frm.doc.transition_reason = reason;
				frappe.dom.freeze();
				resolve();
			},
			__(frm.selected_workflow_action),
			__("Continue")
		);
		dialog.onhide = () => given || reject();
	});
};
