frappe.ui.form.on("PPSS Session Group", {
	refresh(frm) {
		if (frm.doc.active && !frm.is_new()) ppss.lessons.add_series_button(frm);
	},
});
