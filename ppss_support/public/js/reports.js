// What our reports share in the browser: filters by their names, and cells that open the document behind them.
frappe.provide("ppss.reports");

const link_filter = (fieldname, label, options, more) => ({ fieldname, label, fieldtype: "Link", options, ...more });
const select_filter = (fieldname, label, values) => ({
	fieldname,
	label,
	fieldtype: "Select",
	options: ["", ...values.map((value) => ({ value, label: __(value) }))],
});
const term_filter = (fieldname, label, kind) =>
	link_filter(fieldname, label, "PPSS Term", { get_query: () => ({ filters: { kind } }) });
const of_school = () => {
	const organisation = frappe.query_report.get_filter_value("organisation");
	return { filters: organisation ? { organisation } : {} };
};

ppss.reports.FILTERS = {
	organisation: () => link_filter("organisation", __("Organisation"), "PPSS Organisation"),
	school_year: () => link_filter("school_year", __("School Year"), "PPSS School Year"),
	school_class: () =>
		link_filter("school_class", __("Class"), "PPSS Class", { get_query: of_school }),
	specialist: () =>
		link_filter("specialist", __("Specialist"), "PPSS Specialist", { get_query: of_school }),
	learner: () =>
		link_filter("learner", __("Learner"), "PPSS Learner", { get_query: of_school }),
	centre: () => link_filter("centre", __("Support Centre"), "PPSS Support Centre"),
	from_date: () => ({ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" }),
	to_date: () => ({ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" }),
	quarter: () => ({
		fieldname: "quarter",
		label: __("Quarter"),
		fieldtype: "Select",
		options: ["", "1", "2", "3", "4"],
	}),
	form: () => term_filter("form", __("Form"), "Session Form"),
	qualification_category: () =>
		term_filter("category", __("Qualification Category"), "Qualification Category"),
	condition: () => term_filter("condition", __("Special Condition"), "Special Condition"),
	report_period: () => term_filter("report_period", __("Report for"), "Report Period"),
	journal: () => term_filter("journal", __("Journal"), "Journal"),
	decision_kind: () => term_filter("kind", __("Kind"), "Decision Kind"),
	only_breaches: () => ({ fieldname: "only_breaches", label: __("Breaches Only"), fieldtype: "Check" }),
	only_urgent: () => ({ fieldname: "only_urgent", label: __("Urgent Only"), fieldtype: "Check" }),
	only_gaps: () => ({ fieldname: "only_gaps", label: __("Gaps Only"), fieldtype: "Check" }),
};

// A report is told which filters it has; a filter of its own is given as it is.
ppss.reports.define = function (name, filters, settings) {
	frappe.query_reports[name] = {
		filters: filters.map((one) => (typeof one === "string" ? ppss.reports.FILTERS[one]() : one)),
		formatter: ppss.reports.cell,
		...settings,
	};
};
ppss.reports.select = select_filter;

ppss.reports.cell = function (value, row, column, data, plain) {
	const shown = plain(value, row, column, data);
	if (!data) return shown;
	const url = ppss.reports.url(column, data);
	if (url && value) return `<a class="text-primary" href="${url}">${shown}</a>`;
	if (column.fieldname === "kind_label" && data.colour) {
		return `<span class="indicator-pill ${data.colour}">${shown}</span>`;
	}
	return data.late && !column.opens ? `<span class="text-danger">${shown}</span>` : shown;
};

// A cell opens the document it names, begins the one that is missing, or lists what it counts.
ppss.reports.url = function (column, data) {
	const slug = (doctype) => `/app/${frappe.router.slug(doctype)}`;
	if (column.counts) {
		const names = (data.behind || {})[column.fieldname] || [];
		return names.length ? `${slug(column.counts)}?${new URLSearchParams({ name: JSON.stringify(["in", names]) })}` : "";
	}
	if (!column.opens) return "";
	const doctype = column.opens.doctype || data[column.opens.doctype_field];
	const name = data[column.opens.by];
	if (!doctype) return "";
	if (name) return `${slug(doctype)}/${encodeURIComponent(name)}`;
	return column.opens.begins ? `${slug(doctype)}/new?${new URLSearchParams(data[column.opens.begins] || {})}` : "";
};
