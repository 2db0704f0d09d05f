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
	},
});
