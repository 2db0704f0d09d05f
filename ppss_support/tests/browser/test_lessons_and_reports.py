"""Lessons and reports in the browser: a series planned, a lesson recorded, what is missing found and opened."""

import frappe
import pytest


def test_specialist_plans_a_series_and_records_its_lessons(log_in, school):
	programme = school.programme(school.make_listed_child(), "In implementation")
	desk = log_in("PSY")
	desk.form("PPSS Programme", programme.name)
	desk.custom_button("Plan Lessons")
	desk.wait(lambda: desk.script("return !!cur_dialog?.fields_dict.times"), "dialog of the series")
	desk.script(
		"""const times = cur_dialog.fields_dict.times;
		times.df.data = [{ idx: 1, name: "row 1", weekday: ppss.lessons.WEEKDAYS()[1], start: "15:20:00" }];
		times.grid.refresh();"""
	)
	desk.press_in_dialog("primary")
	desk.wait(
		lambda: desk.script('return cur_dialog.fields_dict.outcome.$wrapper.find("p").length > 1'), "plan"
	)
	assert desk.script('return cur_dialog.get_secondary_btn().is(":visible")'), desk.messages()
	desk.picture("series-planned")
	# Some of the days to come may lie between two quarters.
	desk.script("return cur_dialog.set_value('skip_conflicts', 1)")
	desk.press_in_dialog("secondary")
	desk.wait(lambda: not desk.messages(), "series written")
	school.see_what_others_wrote()
	lessons = school.lessons_of(programme)
	assert lessons
	assert {(lesson.workflow_state, lesson.date.weekday()) for lesson in lessons} == {("Planned", 1)}


def test_group_is_recorded_on_one_screen(log_in, school):
	lesson = school.group_lesson_today()
	desk = log_in("SPE")
	desk.form("PPSS Session", lesson.name)
	desk.custom_button("Record Attendance")
	desk.wait(lambda: desk.script('return !!cur_dialog?.fields_dict["present_0_0"]'), "dialog of the lesson")
	desk.script('return cur_dialog.set_values({ present_0_1: 0, content_0: "Назар аудару жаттығулары" })')
	desk.picture("attendance")
	desk.press_in_dialog("primary")
	desk.wait(lambda: not desk.messages(), "lesson recorded")
	school.see_what_others_wrote()
	lesson.reload()
	assert lesson.workflow_state == "Held"
	assert [row.present for row in lesson.attendance] == [1, 0]


def test_compliance_names_what_is_missing_and_opens_it(log_in, school):
	child = school.child(consent=False)
	desk = log_in("DEP")
	found = [row for row in desk.report("PPSS Compliance") if row["learner"] == child.name]
	assert {"11.1"} <= {row["clause"] for row in found}
	desk.picture("compliance")
	desk.click_in_page(
		"""jQuery(".dt-scrollable a:visible").toArray().find((link) => link.href.includes("ppss-consent/new"))"""
	)
	desk.wait(
		lambda: desk.script("return window.cur_frm?.doctype === 'PPSS Consent' && cur_frm.is_new()"), "form"
	)
	desk.idle()
	assert desk.doc["learner"] == child.name
	desk.check_for_errors()


@pytest.mark.parametrize("name", ["PPSS Caseload", "PPSS Lessons and Minutes", "PPSS Assistants by Quarter"])
def test_accountant_reads_counts_and_hours_without_children(log_in, school, name):
	children = frappe.get_all("PPSS Learner", {"organisation": school.organisation}, ["name", "full_name"])
	desk = log_in("ACC")
	rows = str(desk.report(name))
	desk.picture(name.replace(" ", "-").lower(), name == "PPSS Caseload")
	assert not [child for child in children if child.name in rows or child.full_name in rows]
