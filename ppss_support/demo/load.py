"""Loads a school with its children and papers into a site, to look at and to try the app on.

Everything is invented; the same seed gives the same people. The papers are made as users of each role make them.
"""

import gc
from collections.abc import Callable
from contextlib import contextmanager

import frappe

from ppss_support.demo import (
	activities,
	almaty,
	bishkek,
	cases,
	desk,
	logins,
	parent,
	pay,
	school,
	small,
	staffing,
	story,
)
from ppss_support.demo.staff import HANDED_OUT

DONE = "ppss_demo_stages"
STAGES: tuple[tuple[str, Callable[[], None]], ...] = (
	("desk", desk.open_desk),
	("school", school.add_school),
	("children", school.add_children),
	("cases", cases.add),
	("papers", story.write_papers),
	("activities", activities.add),
	("staffing", staffing.add),
	("pay", pay.add),
	("almaty", almaty.add),
	("bishkek", bishkek.add),
)
SMALL_SCHOOLS = ("almaty", "bishkek")


def load(password: str, commit: bool = True, **kwargs) -> list[dict]:
	"""Load what is missing of the demo and return its logins, each with this password.

	Of the big school one per role and one of a parent come first, then those of the two small ones.

	Runs as Administrator. A stage is committed with its mark: after a break, loading goes on with the stage that was
	not finished. `commit=False` leaves everything to the caller's transaction.
	"""
	done = set(stages_done())
	with quietly_in_kazakh(), garbage_collected_rarely():
		for name, make_stage in STAGES:
			if name not in done:
				make_stage()
				done.add(name)
				desk.set_defaults({DONE: " ".join(sorted(done))}, parent="__global")
				if commit:
					frappe.db.commit()
		return [*hand_out(password), parent.hand_out(password), *hand_out_small(password)]


def hand_out(password: str) -> list[dict]:
	people = school.School().people
	return logins.hand_out(school.SHORT_NAME, [people[key] for key in HANDED_OUT], password)


def hand_out_small(password: str) -> list[dict]:
	"""Return the logins of the two small schools, in the order of their people."""
	found = []
	for name in SMALL_SCHOOLS:
		school_told = small.SmallSchool(name)
		people = [person for person in school_told.people.values() if person.email]
		found += logins.hand_out(school_told.organisation, people, password)
	return found


def stages_done() -> list[str]:
	"""Read past the cache, which may remember stages that were rolled back."""
	mark = frappe.db.get_value("DefaultValue", {"defkey": DONE, "parent": "__global"}, "defvalue")
	return (mark or "").split()


@contextmanager
def quietly_in_kazakh():
	"""Keep mail, progress and messages to ourselves; texts the app writes into papers are in the school's language."""
	language, muted = frappe.local.lang, frappe.flags.mute_emails
	frappe.local.lang, frappe.flags.mute_emails = "kk", True
	try:
		yield
	finally:
		frappe.local.lang, frappe.flags.mute_emails = language, muted
		frappe.clear_messages()


@contextmanager
def garbage_collected_rarely():
	"""Documents come by the ten thousand and live briefly: a fifth of the time went into looking for garbage."""
	before = gc.get_threshold()
	gc.freeze()
	gc.set_threshold(100_000, 20, 20)
	try:
		yield
	finally:
		gc.set_threshold(*before)
		gc.unfreeze()
