// Dialogs about lessons: a series planned from a programme or group, and lessons recorded on one screen. The server decides;
// here is only shown what it answers.
frappe.provide("ppss.lessons");

ppss.lessons.WEEKDAYS = () => [
	__("Monday"),
	__("Tuesday"),
	__("Wednesday"),
	__("Thursday"),
	__("Friday"),
	__("Saturday"),
];

// ---- series

ppss.lessons.add_series_button = function (frm) {
	frm.add_custom_button(__("Plan Lessons"), () => ppss.lessons.plan_series(frm));
};

ppss.lessons.plan_series = async function (frm) {
	const source = { doctype: frm.doctype, name: frm.docname };
	const { message: proposal } = await frappe.call("ppss_support.series.proposal", source);
	const dialog = new frappe.ui.Dialog({
		title: __("Plan Lessons"),
		size: "large",
		fields: ppss.lessons.series_fields(frm, proposal),
		primary_action_label: __("Preview"),
		primary_action: () => ppss.lessons.preview(dialog, ppss.lessons.wish(dialog, source)),
		secondary_action_label: __("Write Lessons"),
		secondary_action: () => ppss.lessons.write(dialog, ppss.lessons.wish(dialog, source)),
	});
	dialog.get_secondary_btn().addClass("hidden");
	dialog.show();
	return dialog;
};

// A day of the week is shown by its name and sent by its number, Monday being 0.
ppss.lessons.wish = function (dialog, source) {
	const { times, ...values } = dialog.get_values();
	const number = (name) => ppss.lessons.WEEKDAYS().indexOf(name);
	const rows = (times || []).map(({ weekday, start }) => ({ weekday: number(weekday), start }));
	return { ...values, ...source, times: rows };
};

ppss.lessons.series_fields = function (frm, proposal) {
	const of_school = () => ({ filters: { organisation: frm.doc.organisation, active: 1 } });
	const weekly = __("The programme has {0} lessons of this form a week.", [proposal.weekly]);
	return [
		{ fieldname: "first", fieldtype: "Date", label: __("From Date"), reqd: 1, default: proposal.first },
		{ fieldname: "last", fieldtype: "Date", label: __("To Date"), reqd: 1, default: proposal.last },
		{ fieldname: "minutes", fieldtype: "Int", label: __("Minutes"), reqd: 1, default: proposal.minutes },
		{ fieldtype: "Column Break" },
		{
			fieldname: "provider",
			fieldtype: "Link",
			options: "PPSS Specialist",
			label: __("Specialist"),
			reqd: 1,
			default: proposal.provider,
			get_query: of_school,
		},
		{ fieldname: "room", fieldtype: "Link", options: "PPSS Room", label: __("Room"), get_query: of_school },
		{ fieldtype: "Section Break", label: __("Times of Lessons"), description: weekly },
		{
			fieldname: "times",
			fieldtype: "Table",
			in_place_edit: true,
			data: Array.from({ length: proposal.weekly || 1 }, () => ({ start: "10:00:00" })),
			fields: [
				{
					fieldname: "weekday",
					fieldtype: "Select",
					label: __("Day of the Week"),
					options: ppss.lessons.WEEKDAYS(),
					in_list_view: 1,
					reqd: 1,
				},
				{ fieldname: "start", fieldtype: "Time", label: __("Start Time"), in_list_view: 1, reqd: 1 },
			],
		},
		{ fieldtype: "Section Break" },
		{ fieldname: "outcome", fieldtype: "HTML" },
		{
			fieldname: "skip_conflicts",
			fieldtype: "Check",
			label: __("Leave out the lessons that cannot be planned"),
			hidden: 1,
		},
	];
};

ppss.lessons.preview = async function (dialog, wish) {
	const { message: plan } = await frappe.call("ppss_support.series.preview", { wish });
	const { lessons, conflicts, refusals, warnings } = plan;
	const day = (one) => `${frappe.datetime.str_to_user(one.date)} ${one.start}`;
	const lines = (texts, color) =>
		texts.map((text) => `<p class="text-${color}">${frappe.utils.escape_html(text)}</p>`).join("");
	dialog.fields_dict.outcome.$wrapper.html(
		lines(refusals, "danger") +
			lines(warnings, "warning") +
			`<p>${__("Lessons that can be planned: {0}", [lessons.length])}</p>` +
			`<p class="text-muted">${lessons.map(day).join(", ")}</p>` +
			lines(
				conflicts.map((one) => `${day(one)}: ${one.reasons.join(" ")}`),
				"danger"
			)
	);
	dialog.set_df_property("skip_conflicts", "hidden", conflicts.length ? 0 : 1);
	dialog.get_secondary_btn().toggleClass("hidden", !lessons.length);
};

ppss.lessons.write = async function (dialog, { skip_conflicts, ...wish }) {
	const freeze = { freeze: true, freeze_message: __("Writing lessons") };
	const args = { wish, skip_conflicts };
	const { message } = await frappe.call({ method: "ppss_support.series.write", args, ...freeze });
	dialog.hide();
	frappe.show_alert({ message: __("Lessons written: {0}", [message.written.length]), indicator: "green" });
};

// ---- attendance

// A group brings its children, all of them present.
ppss.lessons.fill_group = async function (frm) {
	if (!frm.doc.group) return;
	const { kind, leader, members } = await frappe.db.get_doc("PPSS Session Group", frm.doc.group);
	frm.clear_table("attendance");
	members.forEach(({ learner, learner_name, programme }) =>
		frm.add_child("attendance", { learner, learner_name, programme, present: 1 })
	);
	frm.refresh_field("attendance");
	await frm.set_value({ form: kind, provider: leader });
};

ppss.lessons.record = async function (which, after) {
	const { message } = await frappe.call("ppss_support.my_day.lessons", which);
	const lessons = message.filter((lesson) => lesson.workflow_state === "Planned");
	if (!lessons.length) return frappe.show_alert(__("There are no planned lessons."));
	const dialog = new frappe.ui.Dialog({
		title: __("Record Attendance"),
		size: "large",
		fields: lessons.flatMap(ppss.lessons.sheet_fields),
		primary_action_label: __("Held"),
		primary_action: async (values) => {
			const sheets = lessons.map((lesson, n) => ppss.lessons.sheet(lesson, n, values)).filter(Boolean);
			if (sheets.length) await frappe.call("ppss_support.my_day.record", { sheets });
			dialog.hide();
			after();
		},
	});
	dialog.show();
	dialog.$wrapper.find("textarea").css("height", "72px");
	return dialog;
};

ppss.lessons.sheet_fields = function (lesson, n) {
	const title = [lesson.start, lesson.group_title, lesson.room_title].filter(Boolean).join(" · ");
	return [
		{ fieldtype: "Section Break", label: title },
		{ fieldname: `held_${n}`, fieldtype: "Check", label: __("Held"), default: 1 },
		...lesson.children.map((child, k) => ({
			fieldname: `present_${n}_${k}`,
			fieldtype: "Check",
			label: child.learner_name,
			default: child.present,
		})),
		{ fieldtype: "Column Break" },
		{
			fieldname: `actual_minutes_${n}`,
			fieldtype: "Int",
			label: __("Actual Minutes"),
			default: lesson.actual_minutes || lesson.planned_minutes,
		},
		{ fieldname: `content_${n}`, fieldtype: "Small Text", label: __("Content") },
		{ fieldname: `observation_${n}`, fieldtype: "Small Text", label: __("Observation") },
	];
};

ppss.lessons.sheet = function (lesson, n, values) {
	if (!values[`held_${n}`]) return;
	const absent = lesson.children.filter((child, k) => !values[`present_${n}_${k}`]);
	const sheet = { name: lesson.name, absent: absent.map((child) => child.learner) };
	for (const field of ["actual_minutes", "content", "observation"]) {
		if (values[`${field}_${n}`]) sheet[field] = values[`${field}_${n}`];
	}
	return sheet;
};
