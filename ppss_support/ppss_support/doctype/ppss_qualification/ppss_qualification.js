frappe.ui.form.on("PPSS Qualification", {
	setup(frm) {
		const terms_of = (kind) => () => ({ filters: { kind } });
		frm.set_query("qualification_category", "categories", terms_of("Qualification Category"));
		frm.set_query("education_direction", "education", terms_of("Education Direction"));
		frm.set_query("education_direction", "courses", terms_of("Education Direction"));
		frm.set_query("role", "service", terms_of("Role"));
	},

	refresh(frm) {
		frm.get_field("totals").$wrapper.html(totals_today((frm.doc.__onload || {}).totals || []));
		const judges = ["PPSS Head", "PPSS Deputy"].some((role) => frappe.user.has_role(role));
		if (judges && !frm.is_new()) frm.add_custom_button(__("Give Verdict"), () => ask_verdict(frm));
	},
});

// A sum up to today is not kept: it would be another tomorrow.
function totals_today(lines) {
	const escape = frappe.utils.escape_html;
	const rows = lines.map(([name, length]) => `<div>${escape(name)}: ${escape(length)}</div>`);
	const note = `<div class="text-muted small">${__("Overlapping periods are counted once")}</div>`;
	return rows.length ? `<p><b>${__("Totals Today")}</b></p>${rows.join("")}${note}` : "";
}

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
