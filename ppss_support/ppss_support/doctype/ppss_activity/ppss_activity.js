ppss.paper.setup("PPSS Activity");

const TERMS_OF_FIELD = {
	kind: "Activity Kind",
	audience: "Work Group",
	gap_kinds: "Gap",
	spheres: "Development Sphere",
	problem_theme: "Problem Theme",
	aspect: "Aspect",
	work_groups: "Work Group",
	work_kind: "Work Kind",
	report_period: "Report Period",
};
// A later edition of order No 92 keeps its terms.
const OTHER_ACTS = ["ALM15", "KG95"];
const OFFER = "ppss_support.ppss_support.doctype.ppss_request.ppss_request.advice_on_monitoring";

frappe.ui.form.on("PPSS Activity", {
	async onload(frm) {
		await frm.trigger("organisation");
		if (frm.is_new()) await ppss.paper.fill(frm, { provider: (await ppss.paper.myself()).name });
	},
	// Terms of the own act, and those every act shares.
	async organisation(frm) {
		const own = await frappe.db.get_value("PPSS Organisation", frm.doc.organisation, "regulation_profile");
		const named = (own.message || {}).regulation_profile;
		frm.own_profile = OTHER_ACTS.includes(named) ? named : "KZ92";
	},
	setup(frm) {
		for (const [field, kind] of Object.entries(TERMS_OF_FIELD)) frm.set_query(field, () => ({ filters: { kind } }));
		frm.set_query("methods", () => ({ filters: { kind: "Method", active: 1 } }));
		frm.set_query("overview_direction", () => ({ filters: { kind: "Direction", name: ["like", "OD%"] } }));
		frm.set_query("purposes", () => ({ filters: { kind: "Direction Content", parent_term: "DIR1" } }));
		frm.set_query("detail", ({ kind, direction }) => ({
			filters: {
				kind: ["!=", "Activity Kind"],
				parent_term: ["in", [kind, direction].filter(Boolean)],
				regulation_profile: ["in", [frm.own_profile, ""]],
			},
		}));
	},
	async kind(frm) {
		const { message } = await frappe.db.get_value("PPSS Term", frm.doc.kind, "parent_term");
		await frm.set_value({ direction: message.parent_term, detail: null });
	},
	refresh(frm) {
		if (!(frm.doc.__onload || {}).offers_request) return;
		frm.add_custom_button(__("Ask for Advice"), () => frappe.model.open_mapped_doc({ method: OFFER, frm }));
	},
});
