// Lessons and meetings on one calendar. The server decides where a drag may lead; a refused one goes back.
frappe.provide("ppss");

ppss.calendar = {
	field_map: { id: "name", start: "start", end: "end", allDay: "allDay", convertToUserTz: "convertToUserTz" },
	get_events_method: "ppss_support.calendar_view.events",
	// Days and hours are those of the school: they go as they are shown, whatever clock the reader's machine keeps.
	get_system_datetime: (at) => moment(at).format("YYYY-MM-DD HH:mm:ss"),
	get_css_class: ({ colour }) => colour,
	options: {
		slotDuration: "00:15:00",
		slotLabelInterval: "01:00",
		scrollTime: "08:00:00",
		eventClick: (given) => ppss.calendar.open(ppss.calendar.plain(given)),
		eventDrop: (given, delta, revert) => ppss.calendar.move(ppss.calendar.plain(given), revert || given.revert),
		eventResize: (given, delta, revert) => ppss.calendar.move(ppss.calendar.plain(given), revert || given.revert),
		select: (given, end, event, view) => ppss.calendar.begin(ppss.calendar.chosen(given, view)),
		eventDidMount: ({ el, event }) => (el.title = event.extendedProps.tooltip),
	},

	// Frappe 15 gives the event itself, with moments; Frappe 16 wraps it, with dates of the browser.
	plain({ event, ...own }) {
		return event ? { ...event.extendedProps, start: event.start, end: event.end, allDay: event.allDay } : own;
	},

	chosen(given, view) {
		return given.view
			? { start: given.start, all_day: given.allDay, view: given.view.type }
			: { start: given, all_day: !given.hasTime(), view: view.name };
	},

	open({ doctype, name }) {
		if (frappe.model.can_read(doctype)) frappe.set_route("Form", doctype, name);
	},

	move({ doctype, name, start, end, allDay }, revert) {
		const at = (moment) => moment && ppss.calendar.get_system_datetime(moment);
		frappe
			.call("ppss_support.calendar_view.reschedule", {
				doctype,
				name,
				start: at(start),
				end: at(end),
				all_day: allDay ? 1 : 0,
			})
			.then(() => cur_list.calendar.refresh(), revert);
	},

	begin({ start, all_day, view }) {
		const { doctype } = cur_list;
		if (/month/i.test(view) || !frappe.model.can_create(doctype)) return;
		const at = moment(start);
		const hour = all_day ? {} : { start: at.format("HH:mm:ss") };
		frappe.new_doc(doctype, { date: at.format("YYYY-MM-DD"), ...hour });
	},
};
