"""One row of a table of guards: a person takes a step on a paper over HTTP, and one thing must come of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import frappe
import pytest

from ppss_support.tests.client import Answer

REASON = "Тексеру барысында анықталды"
# Refusals of the person, not of the paper.
NOT_ALLOWED = {"M04", "A01", "A02", "A13"}
FORBIDDEN, REFUSED = 403, 417
# Refused by the framework's own rights or checks, before a rule of ours is asked.
FRAMEWORK = "framework"


@dataclass(frozen=True)
class Press:
	"""`by` presses `action` on the paper `of` makes: it reaches state `to`, or is refused with exactly `codes`."""

	by: str
	action: str
	of: Callable
	to: str = ""
	codes: str = ""
	reason: str | None = REASON

	def check(self, school, rest):
		paper = self.of(school)
		before = paper.workflow_state
		answer = rest(school.users[self.by]).press(paper.doctype, paper.name, self.action, self.reason)
		if self.codes:
			check_refused(answer, self.codes)
			assert state_of(paper) == before
		else:
			check_ok(answer)
			assert state_of(paper) == self.to


@dataclass(frozen=True)
class Create:
	"""`by` sends the values `of` makes as a new paper: it is saved, or refused with exactly `codes`."""

	by: str
	doctype: str
	of: Callable
	codes: str = ""

	def check(self, school, rest):
		answer = rest(school.users[self.by]).create(self.doctype, **self.of(school))
		if self.codes:
			check_refused(answer, self.codes)
		else:
			check_ok(answer)


@dataclass(frozen=True)
class Change:
	"""`by` writes `values` into the paper `of` makes: it is saved, or refused with exactly `codes`."""

	by: str
	of: Callable
	values: dict
	codes: str = ""

	def check(self, school, rest):
		paper = self.of(school)
		values = {k: v(school) if callable(v) else v for k, v in self.values.items()}
		answer = rest(school.users[self.by]).change(paper.doctype, paper.name, **values)
		if self.codes:
			check_refused(answer, self.codes)
		else:
			check_ok(answer)


def tried(rows: list) -> Callable:
	"""Return the test that tries each row of a table of guards."""

	@pytest.mark.parametrize("row", rows)
	def test(school, rest, row):
		row.check(school, rest)

	return test


def may_not(doctype: str, of: Callable, *keys: str) -> list:
	"""Return a row for each of these people, to whom the framework's own rights give no new paper."""
	return [pytest.param(Create(key, doctype, of, FRAMEWORK), id=f"{key}-may-not") for key in keys]


def check_no_buttons(school, rest, paper, *keys: str):
	for key in keys:
		assert rest(school.users[key]).buttons(paper.doctype, paper.name) == set(), key


def check_ok(answer: Answer):
	assert answer.ok, (answer.status, answer.codes, answer.texts, answer.body.get("exception"))


def check_refused(answer: Answer, codes: str):
	"""The answer names exactly these codes, shows a text for each, and says whether person or paper is at fault."""
	wanted = set(codes.split()) - {FRAMEWORK}
	assert not answer.ok
	assert answer.codes == wanted, (answer.status, answer.codes, answer.texts, answer.body.get("exception"))
	if wanted:
		assert answer.status == (FORBIDDEN if wanted & NOT_ALLOWED else REFUSED)
		assert all(any(f"[{code}]" in text for text in answer.texts) for code in wanted), answer.texts


def check_warned(answer: Answer, codes: str):
	"""The step is taken, and the user is shown these warnings."""
	check_ok(answer)
	check_texts(answer.texts, codes)


def check_texts(texts: Iterable[str], codes: str):
	"""Each of these codes stands in one of the texts."""
	shown = set(re.findall(r"\[([AM]\d\d\d?)\]", " ".join(texts)))
	assert set(codes.split()) <= shown, texts


def fresh(doctype: str, name: str):
	"""Return the document as another connection has committed it."""
	frappe.db.rollback()
	return frappe.get_doc(doctype, name)


def state_of(paper) -> str:
	return fresh(paper.doctype, paper.name).workflow_state
