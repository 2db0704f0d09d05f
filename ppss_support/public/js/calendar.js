// Lessons and meetings on one calendar. The server decides where a drag may lead; a refused one goes back.
frappe.provide("ppss");

ppss.calendar = {
	field_map: { id: "name", start: "start", end: "end", allDay: "allDay", convertToUserTz: "convertToUserTz" },
	get_events_method: "ppss_support.calendar_view.events",
	// Days and hours are those of the school: they go as they are shown, whatever clock the reader's machine keeps.
	get_system_datetime: (moment) => moment.format("YYYY-MM-DD HH:mm:ss"),
	get_css_class: ({ colour }) => colour,
	options: {
		slotDuration: "00:15:00",
		slotLabelInterval: "01:00",
		scrollTime: "08:00:00",
		eventDrop: (event, delta, revert) => ppss.calendar.move(event, revert),
		eventResize: (event, delta, revert) => ppss.calendar.move(event, revert),
		select: (start, end, event, view) => ppss.calendar.begin(start, view),
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

	begin(start, view) {
		const { doctype } = cur_list;
		if (view.name === "month" || !frappe.model.can_create(doctype)) return;
		const hour = start.hasTime() ? { start: start.format("HH:mm:ss") } : {};
		frappe.new_doc(doctype, { date: start.format("YYYY-MM-DD"), ...hour });
	},
};
