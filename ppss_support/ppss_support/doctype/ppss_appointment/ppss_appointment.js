frappe.ui.form.on("PPSS Appointment", {
	setup(frm) {
		frm.set_query("specialist", () => ({ filters: { organisation: frm.doc.organisation } }));
	},
});
