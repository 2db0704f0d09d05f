ppss.paper.setup("PPSS Programme");

frappe.ui.form.on("PPSS Programme", {
	setup(frm) {
		const alike = () => ({ filters: { learner: frm.doc.learner, kind: frm.doc.kind, docstatus: 1 } });
		frm.set_query("supersedes", alike);
		frm.set_query("continues", alike);
		frm.set_query("goal", "contents", () => ({ filters: { kind: "Content Goal" } }));
		frm.set_query("level_objective", "goals", () => ({ filters: { kind: "Level Objective" } }));
		frm.set_query("material", "materials", () => ({ filters: { kind: "Material" } }));
	},
	refresh(frm) {
		ppss.programme.show_lessons(frm);
		const runs = ["Approved", "In implementation"].includes(frm.doc.workflow_state);
		if (runs && frm.doc.kind !== "ICP") ppss.lessons.add_series_button(frm);
		if (frm.doc.docstatus === 1) ppss.programme.add_copy_buttons(frm);
	},
});

frappe.provide("ppss.programme");

// What was planned and what of it the child has had.
ppss.programme.show_lessons = function (frm) {
	const lessons = (frm.doc.__onload || {}).lessons;
	if (!lessons) return;
	const { minutes_total } = frm.doc;
	const { to_come, held_minutes, planned_minutes, missed } = lessons;
	frm.dashboard.add_indicator(__("Programme: {0} min", [minutes_total]), "gray");
	frm.dashboard.add_indicator(__("Planned: {0} min", [planned_minutes]), "blue");
	frm.dashboard.add_indicator(__("Held: {0} min", [held_minutes]), "green");
	if (missed) frm.dashboard.add_indicator(__("Lessons missed: {0}", [missed]), "orange");
	if (to_come) frm.dashboard.add_indicator(__("Lessons to come: {0}", [to_come]), "gray");
};

ppss.programme.add_copy_buttons = function (frm) {
	const method = (name) => () =>
		frappe.model.open_mapped_doc({ method: `ppss_support.programme_copies.${name}`, frm });
	if (["Approved", "In implementation", "Suspended"].includes(frm.doc.workflow_state)) {
		frm.add_custom_button(__("New Version"), method("new_version"));
	}
	frm.add_custom_button(__("Copy to Next Year"), method("next_year"));
};
