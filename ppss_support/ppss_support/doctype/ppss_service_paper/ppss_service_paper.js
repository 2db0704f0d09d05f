ppss.paper.setup("PPSS Service Paper");

frappe.ui.form.on("PPSS Service Paper", {
	setup(frm) {
		frm.set_query("kind", () => ({ filters: { kind: "Document" } }));
		frm.set_query("spheres", () => ({ filters: { kind: "Development Sphere" } }));
	},
});
