ppss.paper.setup("PPSS Annual Plan");

frappe.ui.form.on("PPSS Annual Plan", {
	setup(frm) {
		frm.set_query("supersedes", () => {
			const { organisation, school_year } = frm.doc;
			return { filters: { organisation, school_year, workflow_state: "Approved" } };
		});
		frm.set_query("responsibility_area", "rows", () => ({ filters: { kind: "Responsibility Area" } }));
		frm.set_query("kind", "rows", (doc, doctype, name) => {
			const { direction } = locals[doctype][name];
			const lessons = direction === "DIR3" ? ["Session Form"] : [];
			return { filters: { kind: ["in", ["Activity Kind", ...lessons]] } };
		});
		frm.set_query("objective", "rows", (doc, doctype, name) => {
			const { level } = locals[doctype][name];
			return { filters: { kind: "Level Objective", ...(level ? { parent_term: level } : {}) } };
		});
	},
	refresh(frm) {
		for (const { direction, planned, held, by_plan } of (frm.doc.__onload || {}).execution || []) {
			const color = by_plan >= planned ? "green" : "orange";
			const shown = [direction, planned, by_plan, held - by_plan];
			frm.dashboard.add_indicator(__("{0}: planned {1}, of these held {2}, besides the plan {3}", shown), color);
		}
	},
});
