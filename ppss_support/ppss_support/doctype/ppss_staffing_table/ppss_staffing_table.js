ppss.paper.setup("PPSS Staffing Table");

frappe.ui.form.on("PPSS Staffing Table", {
	setup(frm) {
		frm.set_query("supersedes", () => {
			const { organisation } = frm.doc;
			return { filters: { organisation, workflow_state: "Approved" } };
		});
	},
});
