ppss.paper.setup("PPSS Annual Plan");

frappe.ui.form.on("PPSS Annual Plan", {
	setup(frm) {
		frm.set_query("supersedes", () => {
			const { organisation, school_year } = frm.doc;
			return { filters: { organisation, school_year, workflow_state: "Approved" } };
		});
		frm.set_query("responsibility_area", "rows", () => ({ filters: { kind: "Responsibility Area" } }));
		frm.set_query("objective", "rows", (doc, doctype, name) => {
			const { level } = locals[doctype][name];
			return { filters: { kind: "Level Objective", ...(level ? { parent_term: level } : {}) } };
		});
	},
	refresh(frm) {
		for (const { direction, planned, held } of (frm.doc.__onload || {}).execution || []) {
			const color = held >= planned ? "green" : "orange";
			frm.dashboard.add_indicator(__("{0}: planned {1}, held {2}", [direction, planned, held]), color);
		}
	},
});
