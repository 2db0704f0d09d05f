frappe.ui.form.on("PPSS Partner Organisation", {
	setup: (frm) => frm.set_query("kind", () => ({ filters: { kind: "Partner Kind" } })),
});
