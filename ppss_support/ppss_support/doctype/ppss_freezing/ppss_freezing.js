frappe.ui.form.on("PPSS Freezing", {
	refresh(frm) {
		if (frm.doc.status === "Not Frozen") {
			frm.add_custom_button(__("Try Again"), () =>
				frappe
					.call({ method: "ppss_support.archive.doors.try_again", type: "POST", args: { freezing: frm.doc.name } })
					.then(() => frm.reload_doc())
			);
		}
	},
});
