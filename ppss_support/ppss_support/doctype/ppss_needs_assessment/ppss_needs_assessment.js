ppss.paper.setup("PPSS Needs Assessment");

const TASK = "ppss_support.ppss_support.doctype.ppss_request.ppss_request.task_on_difficulty";

frappe.ui.form.on("PPSS Needs Assessment", {
	refresh(frm) {
		if (frm.doc.workflow_state !== "Concluded") return;
		for (const { name, area, description } of frm.doc.difficulties || []) {
			const give = () => frappe.model.open_mapped_doc({ method: TASK, frm, args: { row: name } });
			frm.add_custom_button(`${__(area)}: ${description.slice(0, 60)}`, give, __("Give a Task"));
		}
	},
});
