"""The papers of the demo, in the order in which a school comes to them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import groupby
from typing import TypeVar

import frappe

from ppss_support import hooks, tasks
from ppss_support.demo import assessments, beginnings, lessons, lists, meetings, orders, plans, programmes
from ppss_support.demo.hands import acting_as, become, make
from ppss_support.demo.plan import CHILDREN
from ppss_support.demo.school import School
from ppss_support.reminders.job import send_due

T = TypeVar("T")
TASKS = f"{tasks.__name__}."
# A page without text stands for every scan, so that no invented signature looks like a real one.
BLANK_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000052 00000 n 
0000000101 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
"""


class Story:
	"""The school and what has been written so far about each child of the plan."""

	def __init__(self):
		self.school = School().read()
		self.calendar = self.school.calendar
		self.staff = self.school.staff
		self.learners: dict[str, str] = {}
		self.parents: dict[str, str] = {}
		self.consents: dict[str, object] = {}
		self.pmpcs: dict[str, object] = {}
		self.assessments: dict[str, object] = {}
		self.programmes: dict[tuple[str, str], object] = {}
		self.referrals: dict[str, object] = {}
		self.group = ""

	def begin(self) -> "Story":
		self.choose_learners()
		return self

	@staticmethod
	def scan() -> str:
		"""Send a scan as the present user does, to be attached to one paper."""
		return make("File", file_name="scan.pdf", is_private=1, content=BLANK_PAGE).file_url

	def choose_learners(self):
		"""Spread the children of the plan over their classes, and note who signs for each."""
		for title, group in groupby(sorted(CHILDREN, key=lambda c: c.class_title), lambda c: c.class_title):
			classmates = self.school.classmates(title)
			for number, child in enumerate(group):
				self.learners[child.key] = classmates[(3 * number + 2) % len(classmates)]
		kin = frappe.get_all(
			"PPSS Learner Representative",
			{"parent": ("in", self.learners.values()), "idx": 1},
			["parent", "representative"],
		)
		signatory = {row.parent: row.representative for row in kin}
		self.parents = {key: signatory[learner] for key, learner in self.learners.items()}

	def as_each(self, items: Iterable[T], who: Callable[[T], str]) -> Iterator[T]:
		"""Yield the items, those of one user together, signed in as that user."""
		with acting_as(frappe.session.user):
			for key, group in groupby(sorted(items, key=who), who):
				become(self.school.people[key].email)
				yield from group

	def role_of(self, key: str) -> str:
		return self.school.people[key].term


def write_papers():
	"""First stage of the law, then the second; at the end the calendar does its part."""
	story = Story().begin()
	orders.add_in_force(story)
	beginnings.open_cases(story)
	beginnings.add_consents(story)
	beginnings.add_pmpc_papers(story)
	assessments.add_earlier(story)
	lists.add_last_year(story)
	assessments.add_current(story)
	lists.add_current(story)
	programmes.add(story)
	meetings.add_referrals(story)
	meetings.add_meetings(story)
	lessons.add(story)
	programmes.renew(story, "k02")
	plans.add(story)
	beginnings.withdraw_consent(story)
	lists.add_pending(story)
	beginnings.close_cases(story)
	orders.add_pending(story)
	orders.leave_service(story)
	# Here all of it belongs to the stage; as daily jobs it is kept paper by paper and person by person.
	for job in hooks.scheduler_events["daily"]:
		if job.startswith(TASKS):
			frappe.get_attr(job)(each_within=nullcontext)
	send_due(each_within=nullcontext)
