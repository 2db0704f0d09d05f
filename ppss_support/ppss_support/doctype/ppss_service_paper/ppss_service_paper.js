ppss.paper.setup("PPSS Service Paper");

frappe.ui.form.on("PPSS Service Paper", {
	setup(frm) {
		frm.set_query("kind", () => ({ filters: { kind: "Document" } }));
		frm.set_query("method", "rows", () => ({ filters: { kind: "Method", active: 1 } }));
		frm.set_query("spheres", () => ({ filters: { kind: "Development Sphere" } }));
	},
});
