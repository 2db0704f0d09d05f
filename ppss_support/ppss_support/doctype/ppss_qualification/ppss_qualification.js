frappe.ui.form.on("PPSS Qualification", {
	setup(frm) {
		const terms_of = (kind) => () => ({ filters: { kind } });
		frm.set_query("qualification_category", "categories", terms_of("Qualification Category"));
		frm.set_query("education_direction", "education", terms_of("Education Direction"));
		frm.set_query("education_direction", "courses", terms_of("Education Direction"));
		frm.set_query("role", "service", terms_of("Role"));
	},
});
