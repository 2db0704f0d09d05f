ppss.paper.setup("PPSS Request");

frappe.ui.form.on("PPSS Request", {
	async onload(frm) {
		if (frm.is_new()) await ppss.paper.fill(frm, { from_person: (await ppss.paper.myself()).name });
	},
	setup(frm) {
		frm.set_query("to_role", () => ({ filters: { kind: "Role" } }));
		frm.set_query("asker_group", () => ({ filters: { kind: "Work Group" } }));
	},
});
