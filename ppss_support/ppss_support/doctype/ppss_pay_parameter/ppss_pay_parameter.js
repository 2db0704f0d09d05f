frappe.ui.form.on("PPSS Pay Parameter", {
	setup(frm) {
		frm.set_query("qualification_category", () => ({ filters: { kind: "Qualification Category" } }));
	},
});
