frappe.ui.form.on("PPSS Archive Entry", {
	refresh(frm) {
		if (frm.doc.file_url) {
			frm.add_custom_button(__("Open File"), () =>
				window.open(`/api/method/ppss_support.archive.doors.download?entry=${frm.doc.name}`)
			);
		}
	},
});
