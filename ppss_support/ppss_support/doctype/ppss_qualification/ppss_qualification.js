frappe.ui.form.on("PPSS Qualification", {
	setup(frm) {
		const terms_of = (kind) => () => ({ filters: { kind } });
		frm.set_query("qualification_category", "categories", terms_of("Qualification Category"));
		frm.set_query("education_direction", "education", terms_of("Education Direction"));
		frm.set_query("education_direction", "courses", terms_of("Education Direction"));
		frm.set_query("role", "service", terms_of("Role"));
	},
	refresh(frm) {
		const totals = frappe.utils.escape_html(frm.doc.__onload?.totals || "").replaceAll("\n", "<br>");
		const note = `<p class="help-box small text-muted">${__("Overlapping periods are counted once")}</p>`;
		frm.get_field("totals").$wrapper.html(totals && `<p>${totals}</p>${note}`);
		const judges = ["PPSS Head", "PPSS Deputy"].some((role) => frappe.user.has_role(role));
		if (judges && !frm.is_new()) frm.add_custom_button(__("Give Verdict"), () => ask_verdict(frm));
	},
});

// Asked where the report says that a person is needed; the server refuses whatever the program decides itself.
function ask_verdict(frm) {
	const link = (fieldname, label, options, filters, more) => ({
		fieldname,
		label,
		fieldtype: "Link",
		options,
		get_query: () => ({ filters }),
		...more,
	});
	const verdicts = ["Met", "Not Met"].map((value) => ({ value, label: __(value) }));
	const fields = [
		link("position", __("Position"), "PPSS Position", { is_service_position: 1 }, { reqd: 1 }),
		link("category", __("Qualification Category"), "PPSS Term", { kind: "Qualification Category" }, {
			description: __("Empty: the highest category held, else the first"),
		}),
		{ fieldname: "verdict", label: __("Verdict"), fieldtype: "Select", options: verdicts, reqd: 1 },
		{ fieldname: "reason", label: __("Reason"), fieldtype: "Small Text", reqd: 1 },
	];
	const send = (given) =>
		frappe
			.call("ppss_support.verdicts.give", { file: frm.doc.name, ...given })
			.then(() => frm.reload_doc());
	frappe.prompt(fields, send, __("Give Verdict"), __("Confirm"));
}
