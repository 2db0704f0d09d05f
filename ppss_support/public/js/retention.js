// Terms, acts and requests: the lists of kinds come from the server, and forms ask again while a job is at work.

frappe.ui.form.on("PPSS Retention Term", {
	async onload(frm) {
		const kinds = await frappe.xcall(
			"ppss_support.ppss_support.doctype.ppss_retention_term.ppss_retention_term.kinds",
		);
		frm.set_df_property("document_type", "options", ["", ...kinds]);
		if (frm.is_new() && !frm.doc.organisation) {
			frm.set_value("organisation", (await ppss.paper.myself()).organisation);
		}
	},
});

for (const doctype of ["PPSS Destruction Act", "PPSS Data Request"]) {
	frappe.ui.form.on(doctype, {
		async onload(frm) {
			if (frm.is_new() && !frm.doc.organisation) {
				frm.set_value("organisation", (await ppss.paper.myself()).organisation);
			}
		},
	});
}

frappe.ui.form.on("PPSS Destruction Act", {
	refresh(frm) {
		const grid = frm.fields_dict.rows.grid;
		grid.cannot_add_rows = true;
		grid.cannot_delete_rows = true;
		grid.refresh();
	},
});

frappe.ui.form.on("PPSS Data Request", {
	refresh(frm) {
		clearTimeout(frm.asks_again);
		if (frm.doc.status === "Queued" && !frm.is_new()) {
			frm.asks_again = setTimeout(() => cur_frm === frm && frm.reload_doc(), 2000);
		}
		if (frm.doc.file) {
			frm.add_custom_button(__("Open the File"), () => window.open(frm.doc.file)).addClass("btn-primary");
		}
	},
});
