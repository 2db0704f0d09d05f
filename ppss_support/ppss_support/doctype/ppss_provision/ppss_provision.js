const KINDS = ["Special Condition", "Content", "Material", "Accessibility"];

frappe.ui.form.on("PPSS Provision", {
	setup(frm) {
		frm.set_query("code", () => ({ filters: { kind: ["in", KINDS] } }));
		frm.set_query("feature", () => ({ filters: { kind: "Impairment" } }));
	},
});
