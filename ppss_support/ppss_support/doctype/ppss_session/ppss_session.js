ppss.paper.setup("PPSS Session");

frappe.ui.form.on("PPSS Session", {
	setup(frm) {
		frm.set_query("theme", ({ direction }) => ({ filters: { kind: "Direction Content", parent_term: direction } }));
	},
	refresh(frm) {
		if (frm.is_new() || frm.doc.workflow_state !== "Planned") return;
		frm.add_custom_button(__("Record Attendance"), async () => {
			if (frm.is_dirty()) await frm.save();
			ppss.lessons.record({ name: frm.docname }, () => frm.reload_doc());
		});
	},
	group: (frm) => ppss.lessons.fill_group(frm),
});
