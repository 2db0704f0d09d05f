// What every form of ours needs in the browser: a reason is asked for where the server will want one, what the server
// would fill in is shown beforehand, and a choice offers only what fits. No rules live here.
frappe.provide("ppss.paper");

ppss.paper.setup = function (doctype) {
	frappe.ui.form.on(doctype, {
		onload: (frm) => ppss.paper.prefill(frm),
		learner: (frm) => ppss.paper.find_case(frm),
		refresh: (frm) => {
			ppss.paper.tidy(frm);
			ppss.paper.offer_extract(frm);
		},
		before_workflow_action: (frm) => ppss.paper.ask_reason(frm),
		after_workflow_action: (frm) => {
			frm.ppss_reason = null;
			return frm.reload_doc();
		},
	});
};

// Short texts need no high boxes.
ppss.paper.tidy = function (frm) {
	frm.$wrapper.find('.frappe-control[data-fieldtype="Small Text"] textarea').css("height", "72px");
};

ppss.paper.ask_reason = function (frm) {
	const wanted = (frm.doc.__onload || {}).reason_actions || [];
	frm.doc.transition_reason = null;
	const action = frm.selected_workflow_action;
	if (!wanted.includes(action)) return;
	// What was written for a step that was then refused is offered again.
	const step = `${frm.docname} ${action}`;
	const typed = frm.ppss_reason?.step === step ? frm.ppss_reason.text : undefined;
	// The Desk has frozen the page before this event: the dialog must be reachable.
	frappe.dom.unfreeze();
	// Without an answer the step simply does not go on.
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __(action),
			fields: [{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1, default: typed }],
			primary_action_label: __("Continue"),
			primary_action: ({ reason }) => {
				frm.doc.transition_reason = reason;
				frm.ppss_reason = { step, text: reason };
				dialog.hide();
				frappe.dom.freeze();
				resolve();
			},
		});
		dialog.show();
	});
};

// ---- what the server would fill in

ppss.paper.prefill = async function (frm) {
	if (!frm.is_new()) return;
	const { name, organisation } = await ppss.paper.myself();
	await ppss.paper.fill(frm, { organisation, prepared_by: name, author: name });
	if (ppss.paper.open_field(frm, "school_year")) {
		const today = frappe.datetime.get_today();
		const filters = { from_date: ["<=", today], to_date: [">=", today] };
		await ppss.paper.fill(frm, { school_year: (await ppss.paper.first("PPSS School Year", filters)).name });
	}
	if (ppss.paper.open_field(frm, "service_order")) {
		const filters = { organisation, workflow_state: "In force" };
		await ppss.paper.fill(frm, { service_order: (await ppss.paper.first("PPSS Support Order", filters)).name });
	}
	await ppss.paper.find_case(frm);
};

ppss.paper.find_case = async function (frm) {
	const { learner, school_year, docstatus } = frm.doc;
	if (!frm.fields_dict.support_case || !learner || docstatus) return;
	const found = await ppss.paper.first("PPSS Support Case", { learner, school_year, status: "Open" });
	if (found.name) await frm.set_value("support_case", found.name);
};

ppss.paper.myself = async function () {
	const filters = { user: frappe.session.user, active: 1 };
	return (ppss.paper.me ??= await ppss.paper.first("PPSS Specialist", filters, ["name", "organisation"]));
};

ppss.paper.first = async function (doctype, filters, fields = ["name"]) {
	return (await frappe.db.get_list(doctype, { filters, fields, limit: 1 }))[0] || {};
};

ppss.paper.open_field = (frm, fieldname) => frm.fields_dict[fieldname] && !frm.doc[fieldname];

ppss.paper.fill = function (frm, values) {
	const open = Object.entries(values).filter(([field, value]) => value && ppss.paper.open_field(frm, field));
	return frm.set_value(Object.fromEntries(open));
};

// ---- extracts: one row of a paper about several children, as a paper of its own

ppss.paper.EXTRACTS = {
	"PPSS Learner List": { table: "rows", format: "PPSS Extract from List", of: "Learner" },
	"PPSS Meeting": { table: "decisions", format: "PPSS Extract from Minutes", of: "Decision" },
};

ppss.paper.offer_extract = function (frm) {
	const extract = ppss.paper.EXTRACTS[frm.doctype];
	const rows = (extract && frm.doc[extract.table]) || [];
	if (frm.doc.docstatus !== 1 || !rows.length || !frappe.model.can_print(frm.doctype)) return;
	frm.add_custom_button(__("Print an Extract"), () => ppss.paper.choose_row(frm, extract, rows));
};

ppss.paper.choose_row = function (frm, { format, of }, rows) {
	const child = (row) =>
		row.learner_name || frappe.utils.get_link_title("PPSS Learner", row.learner) || row.learner;
	const label = (row) =>
		frappe.utils.escape_html(`${row.idx}. ${[child(row), row.text].filter(Boolean).join(": ")}`);
	const dialog = new frappe.ui.Dialog({
		title: __(format),
		fields: [
			{
				fieldname: "row_no",
				fieldtype: "Select",
				label: __(of),
				reqd: 1,
				// Nothing is chosen beforehand: an extract goes out of the house.
				options: ["", ...rows.map((row) => ({ value: row.idx, label: label(row) }))],
			},
		],
		primary_action_label: __("Print an Extract"),
		primary_action: ({ row_no }) => {
			dialog.hide();
			const paper = { doctype: frm.doctype, name: frm.doc.name, format, row_no };
			window.open(`/api/method/frappe.utils.print_format.download_pdf?${new URLSearchParams(paper)}`);
		},
	});
	dialog.show();
};

// ---- what a choice offers

// A term belongs to a kind: each field offers its own.
ppss.paper.TERM_KINDS = {
	role: "Role",
	roles: "Role",
	role_in_service: "Role",
	provider_role: "Role",
	service_roles: "Role",
	disciplines_involved: "Role",
	level: "Level",
	levels: "Level",
	categories: "Category",
	category_details: "Category Detail",
	impairments: "Impairment",
	need_duration: "Need Duration",
	condition: "Special Condition",
	source_condition: "Special Condition",
	content: "Content",
	setting: "Setting",
	direction: "Direction",
	form: "Session Form",
	session_form: "Session Form",
	end_reason: "End Reason",
};
ppss.paper.TERM_KINDS_OF = {
	"PPSS Meeting Decision": { kind: "Decision Kind" },
	"PPSS Session Group": { kind: "Session Form" },
};
ppss.paper.OF_THE_CHILD = ["PPSS Consent", "PPSS PMPC Recommendation", "PPSS Needs Assessment", "PPSS Support Case"];

ppss.paper.query_of = function (df) {
	if (["PPSS Term", "PPSS Term Item"].includes(df.options)) {
		const kind = (ppss.paper.TERM_KINDS_OF[df.parent] || ppss.paper.TERM_KINDS)[df.fieldname];
		return kind && (() => ({ filters: { kind } }));
	}
	const of_school = (doc) => (doc.organisation ? { organisation: doc.organisation } : {});
	if (df.options === "PPSS Specialist") return (doc) => ({ filters: { ...of_school(doc), active: 1 } });
	if (ppss.paper.OF_THE_CHILD.includes(df.options)) {
		return (doc, doctype, name) => {
			const learner = locals[doctype]?.[name]?.learner || doc.learner;
			return { filters: { ...of_school(doc), ...(learner ? { learner } : {}) } };
		};
	}
};

ppss.paper.narrow = function (frm, fields, table) {
	for (const df of fields) {
		if (df.fieldtype === "Table") ppss.paper.narrow(frm, frappe.meta.get_docfields(df.options), df.fieldname);
		if (!["Link", "Table MultiSelect"].includes(df.fieldtype)) continue;
		const query = ppss.paper.query_of(df);
		if (query) frm.set_query(df.fieldname, ...(table ? [table] : []), query);
	}
};

$(document).on("form-refresh", (event, frm) => {
	if (!frm?.doctype?.startsWith("PPSS ") || frm.ppss_narrowed) return;
	frm.ppss_narrowed = true;
	ppss.paper.narrow(frm, frm.meta.fields);
});

// On a site without a socket server the Desk stops half-way through setting up a list.
if (frappe.boot?.disable_async && frappe.realtime) frappe.realtime.emit = () => {};
