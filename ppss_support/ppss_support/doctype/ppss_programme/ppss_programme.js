ppss.paper.setup("PPSS Programme");

frappe.ui.form.on("PPSS Programme", {
	refresh(frm) {
		if (["Approved", "In implementation"].includes(frm.doc.workflow_state) && frm.doc.kind !== "ICP") ppss.lessons.add_series_button(frm);
	},
});
