frappe.ui.form.on("PPSS Representative", {
	refresh(frm) {
		const { languages } = frm.doc.__onload || {};
		if (frm.is_new() || !languages) {
			return;
		}
		if (frm.doc.user) {
			frm.add_custom_button(__("Take Access Away"), () => take_access(frm));
		} else {
			frm.add_custom_button(__("Give Access to the Parents' Page"), () => give_access(frm, languages));
		}
	},
});

function give_access(frm, languages) {
	const language = {
		fieldname: "language",
		fieldtype: "Select",
		label: __("Language"),
		options: languages,
		default: languages[0].value,
		reqd: 1,
		description: __("An invitation goes to the e-mail address of the representative."),
	};
	frappe.prompt(
		language,
		(values) => call(frm, "give_access", values),
		__("Give Access to the Parents' Page"),
		__("Give Access")
	);
}

function take_access(frm) {
	const question = __("{0} will no longer see the page. Go on?", [frm.doc.full_name]);
	frappe.confirm(question, () => call(frm, "take_access"));
}

async function call(frm, method, values = {}) {
	await frappe.call({
		method: `ppss_support.parents.invitation.${method}`,
		args: { representative: frm.doc.name, ...values },
		freeze: true,
	});
	frm.reload_doc();
}
