ppss.paper.setup("PPSS Annual Plan");

const METHODS = "ppss_support.ppss_support.doctype.ppss_annual_plan.ppss_annual_plan";

const WHOLE = ["Year", "Calendar"];

const draw_plan = (frm, kind) =>
	frappe.prompt({ fieldname: "day", fieldtype: "Date", label: __("Day"), reqd: 1, default: "Today" }, ({ day }) =>
		frappe.model.open_mapped_doc({ method: `${METHODS}.plan_for_period`, frm, args: { kind, day } })
	);

const fill_by_stages = async (frm) => {
	const { organisation, school_year } = frm.doc;
	const { message } = await frappe.call(`${METHODS}.stages_of_the_year`, { organisation, school_year });
	if (!frm.doc.aim) await frm.set_value("aim", message.aim);
	await frm.set_value("tasks", message.tasks);
	for (const row of message.rows) frm.add_child("rows", row);
	frm.refresh_field("rows");
};

frappe.ui.form.on("PPSS Annual Plan", {
	setup(frm) {
		frm.set_query("supersedes", () => {
			const { organisation, school_year } = frm.doc;
			return { filters: { organisation, school_year, workflow_state: "Approved" } };
		});
		frm.set_query("tasks", () => ({ filters: { kind: "Task" } }));
		frm.set_query("resources", () => ({ filters: { kind: "Plan Resource" } }));
		frm.set_query("duties", () => ({ filters: { kind: "Duty" } }));
		frm.set_query("owner_role", () => ({ filters: { kind: "Role" } }));
		frm.set_query("annual_plan", () => {
			const { organisation, school_year } = frm.doc;
			return { filters: { organisation, school_year, plan_kind: ["in", WHOLE], workflow_state: "Approved" } };
		});
		frm.set_query("cycle_step", "rows", () => ({ filters: { kind: "Cycle Step" } }));
		frm.set_query("problem_theme", "rows", () => ({ filters: { kind: "Problem Theme" } }));
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
		if (frm.doc.docstatus === 0 && WHOLE.includes(frm.doc.plan_kind) && frm.doc.organisation && frm.doc.school_year) {
			frm.add_custom_button(__("Fill by the Four Stages"), () => fill_by_stages(frm));
		}
		if (frm.doc.workflow_state === "Approved" && WHOLE.includes(frm.doc.plan_kind)) {
			frm.add_custom_button(__("For a Month"), () => draw_plan(frm, "Month"), __("Draw a Plan"));
			frm.add_custom_button(__("For a Week"), () => draw_plan(frm, "Week"), __("Draw a Plan"));
		}
		for (const { direction, planned, held, by_plan } of (frm.doc.__onload || {}).execution || []) {
			const color = by_plan >= planned ? "green" : "orange";
			const shown = [direction, planned, by_plan, held - by_plan];
			frm.dashboard.add_indicator(__("{0}: planned {1}, of these held {2}, besides the plan {3}", shown), color);
		}
	},
});
