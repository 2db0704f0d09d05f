// There may be no socketio server: the form asks again while the rows are at work.
frappe.ui.form.on("PPSS Import", {
	async onload(frm) {
		if (frm.is_new() && !frm.doc.organisation) {
			frm.set_value("organisation", (await ppss.paper.myself()).organisation);
		}
	},
	refresh(frm) {
		const grid = (table) => frm.fields_dict[table].grid;
		const { fields } = frm.doc.__onload || {};
		const year_end = frm.doc.kind === "Next School Year";
		if (fields) grid("columns").update_docfield_property("holds", "options", ["", ...fields]);
		for (const table of ["columns", "rows"]) {
			grid(table).cannot_add_rows = true;
			grid(table).cannot_delete_rows = true;
		}
		for (const field of ["title", "decision", "note"]) {
			grid("rows").update_docfield_property(field, "in_list_view", year_end ? 1 : 0);
		}
		for (const field of ["row_no", "column_label"]) {
			grid("rows").update_docfield_property(field, "in_list_view", year_end ? 0 : 1);
		}
		grid("rows").update_docfield_property("message", "columns", year_end ? 2 : 5);
		grid("rows").reset_grid();
		clearTimeout(frm.asks_again);
		const running = ["Being Checked", "Being Entered"].includes(frm.doc.status);
		if (running && !frm.is_new()) {
			frm.disable_save();
			frm.asks_again = setTimeout(() => cur_frm === frm && frm.reload_doc(), 2000);
		} else {
			frm.enable_save();
			frm.trigger("offer_steps");
		}
	},
	offer_steps(frm) {
		if (frm.is_new()) return;
		const press = (step) => async () => {
			if (frm.is_dirty()) await frm.save();
			await frappe.call({ method: `ppss_support.entering.doors.${step}`, type: "POST", args: { name: frm.doc.name } });
			frm.reload_doc();
		};
		const next = frm.doc.status === "Checked" ? "enter" : "check";
		const offer = (step, label) => {
			const button = frm.add_custom_button(label, press(step));
			if (step === next) button.addClass("btn-primary").removeClass("btn-default");
		};
		offer("check", __("Check"));
		if (["Checked", "Done"].includes(frm.doc.status)) offer("enter", __("Enter"));
		if (frm.doc.refused && frm.doc.file) {
			frm.add_custom_button(__("Download Refused Rows"), () =>
				window.open(`/api/method/ppss_support.entering.doors.bad_rows?name=${encodeURIComponent(frm.doc.name)}`)
			);
		}
	},
});
