ppss.paper.setup("PPSS Journal Volume");

frappe.ui.form.on("PPSS Journal Volume", {
	setup(frm) {
		frm.set_query("kind", () => ({ filters: { kind: "Journal" } }));
	},
});
