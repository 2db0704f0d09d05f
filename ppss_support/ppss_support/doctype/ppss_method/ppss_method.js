frappe.ui.form.on("PPSS Method", {
	setup(frm) {
		frm.set_query("purposes", () => ({ filters: { kind: "Direction Content", parent_term: "DIR1" } }));
		frm.set_query("direction", () => ({ filters: { kind: "Direction" } }));
	},
});
