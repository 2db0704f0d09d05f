// Identity numbers are shown in full on request only: the server asks for the right and the reason, and records both.

["PPSS Learner", "PPSS Specialist"].forEach((doctype) => {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			frm.fields_dict.identity_number.disable_password_checks?.();
			if (frm.doc.identity_shown) {
				frm.add_custom_button(__("Show Identity Number"), () => ask_and_show(frm));
			}
		},
	});
});

function ask_and_show(frm) {
	const reason = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
	frappe.prompt(reason, async (given) => {
		const about = { doctype: frm.doctype, name: frm.docname, reason: given.reason };
		const answer = await frappe.xcall("ppss_support.identity.reveal", about);
		frappe.msgprint({ title: __("Identity Number"), message: frappe.utils.escape_html(answer || "–") });
	});
}
