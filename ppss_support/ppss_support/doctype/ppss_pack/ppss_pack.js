// There may be no socketio server: the form asks again while the pack is being made.
frappe.ui.form.on("PPSS Pack", {
	async onload(frm) {
		const { message: kinds } = await frappe.call("ppss_support.packs.doors.kinds");
		frm.set_df_property("document_type", "options", ["", ...kinds]);
		if (frm.is_new() && !frm.doc.organisation) {
			frm.set_value("organisation", (await ppss.paper.myself()).organisation);
		}
	},
	refresh(frm) {
		if (!frm.is_new()) {
			frm.disable_save();
		}
		clearTimeout(frm.asks_again);
		if (["Queued", "Being Made"].includes(frm.doc.status) && !frm.is_new()) {
			frm.asks_again = setTimeout(() => cur_frm === frm && frm.reload_doc(), 2000);
		}
		if (frm.doc.status === "Ready" && frm.doc.file) {
			frm.add_custom_button(__("Open the File"), () => window.open(frm.doc.file)).addClass("btn-primary");
		}
		if (!frm.is_new() && (frm.doc.status === "Failed" || (frm.doc.status === "Ready" && frm.doc.failed))) {
			frm.add_custom_button(__("Try Again"), () =>
				frappe
					.call({ method: "ppss_support.packs.doors.try_again", type: "POST", args: { pack: frm.doc.name } })
					.then(() => frm.reload_doc())
			);
		}
	},
});
