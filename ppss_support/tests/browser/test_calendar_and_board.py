"""Lessons dragged on the calendar, cases on the board, and the events of a case, in the browser."""

from frappe.utils import add_days, today
from selenium.webdriver import ActionChains

from ppss_support.setup.boards import TITLE
from ppss_support.tests import support

SESSION, CASE = "PPSS Session", "PPSS Support Case"
# The next question for the events of a case gets no answer.
FAIL_ONCE = """
	const call = frappe.call;
	frappe.call = (...given) => {
		if (given[0] !== "ppss_support.timeline.of_case") return call.apply(frappe, given);
		frappe.call = call;
		return Promise.reject();
	};
	cur_frm.refresh();
"""
CELL = '.fc-day-top[data-date="{}"]'


def drag(desk, what, where):
	"""Draw one element over another, in steps as a hand does."""
	chain = ActionChains(desk.driver, duration=60).click_and_hold(what).pause(0.2)
	chain.move_by_offset(5, 5).move_to_element(where).move_by_offset(4, 12).pause(0.3).release().perform()
	desk.settle()


def open_calendar(desk):
	desk.script(f'frappe.set_route("List", "{SESSION}", "Calendar", "default")')
	desk.wait(lambda: desk.script('return jQuery(".fc-event:visible").length > 0'), "calendar")
	desk.idle()


def event_of(desk, lesson):
	"""Return the drawn lesson: the hour tells it from others."""
	return desk.script(
		"""const [hour] = arguments;
		return jQuery(".fc-event:visible").toArray().find((one) => one.innerText.includes(hour))""",
		lesson.start[:5].lstrip("0"),
	)


def day_drawn(desk, lesson) -> str:
	return desk.script(
		"""const events = jQuery(".fc").fullCalendar("clientEvents", arguments[0]);
		return events[0]?.start.format("YYYY-MM-DD")""",
		lesson.name,
	)


def test_lesson_goes_where_the_rules_let_it(log_in, school):
	child, other = support.special_children(school, 2)
	days = [add_days(today(), n) for n in (1, 2, 3)]
	lesson = support.session(school, [child], date=days[0], start="09:10:00")
	support.session(school, [other], date=days[1], start="09:20:00")
	desk = log_in("SPE")
	open_calendar(desk)
	desk.picture("calendar")
	drag(desk, event_of(desk, lesson), desk.find(CELL.format(days[1])))
	desk.wait(desk.messages, "refusal")
	assert "[A24]" in desk.messages()
	desk.picture("calendar-refused")
	desk.close_dialogs()
	assert day_drawn(desk, lesson) == days[0]
	drag(desk, event_of(desk, lesson), desk.find(CELL.format(days[2])))
	desk.idle()
	assert not desk.messages(), desk.messages()
	school.see_what_others_wrote()
	lesson.reload()
	assert (str(lesson.date), str(lesson.start)) == (days[2], "9:10:00")
	assert day_drawn(desk, lesson) == days[2]


def test_events_of_either_edition_of_the_framework_are_understood(log_in, school):
	"""Frappe 16 gives one object with the event in it, and dates of the browser."""
	lesson = support.session(school, support.special_children(school, 1), date=add_days(today(), 4))
	desk = log_in("SPE")
	open_calendar(desk)
	day = add_days(today(), 5)
	desk.script(
		"""const [doctype, name, day] = arguments, [start, end] = ["14:10", "14:40"].map((at) => new Date(`${day}T${at}`));
		const event = { start, end, allDay: false, extendedProps: { doctype, name } };
		ppss.calendar.options.eventDrop({ event, revert() {} })""",
		SESSION,
		lesson.name,
		day,
	)
	desk.idle()
	school.see_what_others_wrote()
	lesson.reload()
	assert (str(lesson.date), str(lesson.start), lesson.planned_minutes) == (day, "14:10:00", 30)
	desk.script(
		"""const [doctype, name] = arguments;
		ppss.calendar.options.eventClick({ event: { extendedProps: { doctype, name } } })""",
		SESSION,
		lesson.name,
	)
	desk.wait(lambda: desk.script("return window.cur_frm?.docname === arguments[0]", lesson.name), "form")
	desk.idle()


def test_card_goes_back_and_events_stand_on_the_form(log_in, school):
	case = school.case_of(school.child())
	desk = log_in("PSY")
	desk.script(f'frappe.set_route("List", "{CASE}", "Kanban", "{TITLE}")')
	card = f'.kanban-column[data-column-value="1"] .kanban-card-wrapper[data-name="{case}"]'
	second = '.kanban-column[data-column-value="2"] .kanban-cards'
	desk.wait(lambda: desk.script(f"return jQuery('{card}').length"), "board")
	desk.idle()
	assert desk.text(".kanban-column .kanban-title").startswith("1-кезең")
	desk.picture("board")
	drag(desk, desk.find(card), desk.find(second))
	desk.wait(desk.messages, "refusal")
	assert "[A155]" in desk.messages()
	desk.picture("board-refused")
	desk.close_dialogs()
	desk.wait(lambda: desk.script(f"return jQuery('{card}').length"), "card back in its column")
	desk.form(CASE, case)
	events = 'return jQuery(".ppss-event").length > 1'
	desk.wait(lambda: desk.script(events), "events")
	desk.script("cur_frm.scroll_to_field('timeline_html')")
	desk.picture("case-events")
	desk.script(FAIL_ONCE)
	failed = 'jQuery("[data-fieldname=timeline_html]")'
	desk.wait(lambda: desk.script(f'return {failed}.find("[role=alert]").length'), "failure told")
	desk.script(f'{failed}.find("button").click()')
	desk.wait(lambda: desk.script(events), "events read again")


def test_action_of_a_list_answers_row_by_row(log_in, school):
	school.child()
	desk = log_in("DEP")
	assert desk.names_in_list(CASE)
	desk.script('cur_list.$result.find(".list-row-checkbox").prop("checked", true).first().trigger("change")')
	label = desk.script('return __("Send Reminders")')
	item = f"""cur_list.page.actions.find(".dropdown-item").toArray().find((one) => one.innerText.includes("{label}"))"""
	desk.script(f"{item}.click()")
	desk.wait(desk.messages, "answers")
	assert "✓" in desk.messages()
	desk.picture("action-of-a-list")
