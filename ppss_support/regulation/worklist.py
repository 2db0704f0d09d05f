"""What waits for whom: from which day a paper waits, whose turn it is, and which clause wants it (KZ92-14.2.2a)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ppss_support.regulation import service_papers
from ppss_support.regulation.citation import Citation
from ppss_support.regulation.finding import Label

# Of several roles that may take a step, the person the paper names takes it; where nobody is named, whoever may.
WHOSE = {
	("PPSS Activity", "Draft"): "provider",
	("PPSS Consent", "Prepared"): "prepared_by",
	("PPSS Meeting", "Planned"): "secretary",
	("PPSS Programme", "Draft"): "author",
	("PPSS Programme", "Returned"): "author",
	("PPSS Programme", "Approved"): "author",
	("PPSS Request", "New"): "to_person",
	("PPSS Request", "Taken up"): "to_person",
	("PPSS Request", "Answered"): "from_person",
	("PPSS Service Paper", "Draft"): "author",
	("PPSS Service Paper", "Returned"): "author",
	("PPSS Session", "Planned"): "provider",
}
# Where nobody is named, those take it who have the role the paper names.
OF_ROLE = {("PPSS Request", "New"): "to_role"}


class Marked(NamedTuple):
	"""The person whose turn it is stands in the marked row of a table of the paper."""

	table: str
	person: str
	mark: str


LEADER = Marked("PPSS Assessment Member", "specialist", "is_leader")
IN_ROWS = {
	("PPSS Needs Assessment", "Team working"): LEADER,
	("PPSS Needs Assessment", "Returned"): LEADER,
}
# What the rules of a step ask of the kind of paper, in the words of a workflow's condition.
ONLY_IF = {("PPSS Service Paper", "Submit to Head"): f"doc.kind != '{service_papers.ELABORATION}'"}
# Who reads such a paper without its being their turn.
NEVER = {("PPSS Request", "New"): "from_person", ("PPSS Request", "Taken up"): "from_person"}
# The step waits from this day of the paper on.
FROM_DAY = {
	("PPSS Annual Plan", "Approved"): "period_to",
	("PPSS Assistant Assignment", "Appointed"): "to_date",
	("PPSS Meeting", "Planned"): "date",
	("PPSS Programme", "In implementation"): "period_to",
	("PPSS Session", "Planned"): "date",
}
# These go on by what others do, and wait for nobody meanwhile.
AT_REST = frozenset(
	{
		("PPSS Assistant Assignment", "Suspended"),
		("PPSS Journal Volume", "Certified"),
		("PPSS Meeting", "Adopted"),
		("PPSS Programme", "Suspended"),
	}
)
# The day by which a paper wants its step.
DUE = {"PPSS Meeting": "date", "PPSS Request": "due", "PPSS Session": "date"}
# Something is written into the form before these steps: their button opens it.
WRITTEN_FIRST = frozenset(
	{
		"Adopt Decision",
		"Appoint",
		"Complete",
		"Decision Made",
		"End",
		"Give Answer",
		"Hand Over",
		"Record",
		"Record Acceptance",
		"Record Approval",
		"Record Lesson",
		"Record Minutes",
		"Record Result",
		"Register Signature",
	}
)


@dataclass(frozen=True)
class Deadline:
	"""A day by which something is to be done about rows of a DocType.

	filters: what the rows have in common. due: field of the day, None where it is due at once.
	right: the right to the DocType that makes it somebody's matter. person: field naming whose matter it is, if anybody's.
	"""

	doctype: str
	says: Label
	due: str | None
	filters: tuple[tuple, ...]
	right: str = "read"
	person: str | None = None


DEADLINES = (
	Deadline(
		"PPSS Assessment Part",
		Label("Write your part of the assessment"),
		None,
		(("completed_on", "is", "not set"),),
		"write",
		"specialist",
	),
	Deadline(
		"PPSS Consent", Label("Consent ends"), "valid_to", (("workflow_state", "=", "Signed"),), "create"
	),
	Deadline(
		"PPSS PMPC Recommendation",
		Label("PMPC paper ends"),
		"valid_to",
		(("workflow_state", "=", "Verified"),),
		"create",
	),
	Deadline(
		"PPSS Assistant Assignment",
		Label("Ask PMPC about the assistant's next quarter"),
		"to_date",
		(("workflow_state", "=", "Appointed"), ("pmpc_further_need", "=", "Pending")),
		"create",
	),
	Deadline(
		"PPSS Data Request",
		Label("Give the parents what they asked for"),
		"due_on",
		(("given_on", "is", "not set"),),
		"write",
	),
	Deadline(
		"PPSS Provision",
		Label("Provide what was planned"),
		"planned_date",
		(("status", "=", "Planned"),),
		"write",
		"responsible",
	),
	Deadline(
		"PPSS Freezing",
		Label("Put the paper into the archive"),
		None,
		(("status", "=", "Not Frozen"),),
	),
)


# ---- clauses

# DocType -> the clauses behind it, each act its own.
CITED: dict[str, tuple[Citation, ...]] = {
	"PPSS Activity": (
		Citation("KZ92", "6", "KZ92-6"),
		Citation("ALM15", "5.8", "ALM-5.8"),
		Citation("ALM15", "5.9", "ALM-5.9"),
		Citation("KG95", "5.3", "KG-5.3"),
	),
	"PPSS Annual Plan": (
		Citation("KZ92", "4", "KZ92-4.5"),
		Citation("ALM15", "5.2", "ALM-5.2"),
		Citation("KG95", "6.1.1", "KG-6.1.1"),
		Citation("KG95", "6.2.1", "KG-6.2.1"),
	),
	"PPSS Appointment": (
		Citation("KZ92", "4", "KZ92-4.5"),
		Citation("ALM15", "4", "ALM-4"),
	),
	"PPSS Archive Entry": (
		Citation("ALM15", "22.2", "ALM-22.2"),
		Citation("KG95", "7.5", "KG-7.5"),
	),
	"PPSS Assessment Part": (Citation("KZ92", "14 1) 5)", "KZ92-14.1.5a"),),
	"PPSS Assistant Assignment": (Citation("KZ92", "14 2) 6)", "KZ92-14.2.6b"),),
	"PPSS Case Index": (
		Citation("ALM15", "22.2", "ALM-22.2"),
		Citation("KG95", "7.5", "KG-7.5"),
	),
	"PPSS Class": (Citation("KZ92", "14 1) 3)", "KZ92-14.1.3a"),),
	"PPSS Consent": (Citation("KZ92", "11", "KZ92-11.1"),),
	"PPSS Document Type": (
		Citation("KZ92", "23", "KZ92-23.1"),
		Citation("ALM15", "5", "ALM-5"),
		Citation("KG95", "6.3", "KG-6.3"),
	),
	"PPSS Ethics Acknowledgement": (
		Citation("KZ92", "5", "KZ92-5"),
		Citation("ALM15", "22.3", "ALM-22.3"),
		Citation("KG95", "3", "KG-3.5"),
	),
	"PPSS Freezing": (
		Citation("ALM15", "22.2", "ALM-22.2"),
		Citation("KG95", "7.5", "KG-7.5"),
	),
	"PPSS Import": (Citation("KZ92", "20", "KZ92-20"),),
	"PPSS Journal Volume": (
		Citation("ALM15", "5.8", "ALM-5.8"),
		Citation("KG95", "7.5", "KG-7.5"),
	),
	"PPSS Learner": (Citation("KZ92", "8", "KZ92-8"),),
	"PPSS Learner List": (Citation("KZ92", "14 2) 1)", "KZ92-14.2.1c"),),
	"PPSS Meeting": (Citation("KZ92", "4", "KZ92-4.1"),),
	"PPSS Method": (
		Citation("KZ92", "5 7)", "KZ92-5.7"),
		Citation("ALM15", "5.5", "ALM-5.5"),
		Citation("KG95", "6.2.2", "KG-6.2.2"),
	),
	"PPSS Needs Assessment": (Citation("KZ92", "14 1) 2)", "KZ92-14.1.2a"),),
	"PPSS Norm": (
		Citation("KZ92", "16", "KZ92-16.1"),
		Citation("KZ92", "17", "KZ92-17.3"),
		Citation("KZ92", "21", "KZ92-21.1"),
		Citation("ALM15", "5", "ALM-5"),
		Citation("KG95", "5.2", "KG-5.2"),
	),
	"PPSS Organisation": (
		Citation("KZ92", "4", "KZ92-4.1"),
		Citation("ALM15", "3", "ALM-3"),
		Citation("KG95", "1.1", "KG-1.1a"),
	),
	"PPSS Override": (Citation("KZ92", "16", "KZ92-16.3"),),
	"PPSS Partner Organisation": (
		Citation("KZ92", "22", "KZ92-22"),
		Citation("ALM15", "14.2", "ALM-14.2"),
		Citation("KG95", "1.4", "KG-1.4"),
	),
	"PPSS Pay Parameter": (Citation("ALM15", "21", "ALM-21"),),
	"PPSS Pay Sheet": (Citation("ALM15", "21", "ALM-21"),),
	"PPSS PMPC Recommendation": (Citation("KZ92", "13 7)", "KZ92-13.7"),),
	"PPSS Position": (
		Citation("KZ92", "4", "KZ92-4.4"),
		Citation("ALM15", "20", "ALM-20"),
	),
	"PPSS Programme": (
		Citation("KZ92", "14 2) 1)", "KZ92-14.2.1b"),
		Citation("KZ92", "17", "KZ92-17.1"),
	),
	"PPSS Provision": (Citation("KZ92", "13", "KZ92-13.4"),),
	"PPSS Qualification": (
		Citation("KZ92", "4", "KZ92-4.4"),
		Citation("ALM15", "20", "ALM-20"),
	),
	"PPSS Referral": (Citation("KZ92", "15", "KZ92-15.1"),),
	"PPSS Regulation Profile": (
		Citation("KZ92", "1", "KZ92-0.1"),
		Citation("KZ92", "5", "KZ92-0.5"),
		Citation("ALM15", "2", "ALM-2"),
		Citation("KG95", "1.2", "KG-1.2"),
	),
	"PPSS Representative": (Citation("KZ92", "11", "KZ92-11.2"),),
	"PPSS Request": (
		Citation("KZ92", "14 1) 4)", "KZ92-14.1.4e"),
		Citation("ALM15", "11.1", "ALM-11.1"),
		Citation("KG95", "8.1", "KG-8.1"),
	),
	"PPSS Retention Term": (Citation("ALM15", "22.2", "ALM-22.2"),),
	"PPSS Room": (
		Citation("KZ92", "18", "KZ92-18"),
		Citation("ALM15", "15", "ALM-15"),
	),
	"PPSS School Year": (Citation("KZ92", "20", "KZ92-20"),),
	"PPSS Service Paper": (
		Citation("ALM15", "5.1", "ALM-5.1"),
		Citation("ALM15", "5.3", "ALM-5.3"),
		Citation("ALM15", "5.4", "ALM-5.4"),
		Citation("KG95", "1.5", "KG-1.5"),
		Citation("KG95", "6.1.2", "KG-6.1.2"),
		Citation("KG95", "6.1.5", "KG-6.1.5"),
	),
	"PPSS Session": (
		Citation("KZ92", "16", "KZ92-16.1"),
		Citation("KZ92", "17", "KZ92-17.3"),
	),
	"PPSS Session Group": (Citation("KZ92", "16", "KZ92-16.1"),),
	"PPSS Specialist": (
		Citation("KZ92", "4", "KZ92-4.2"),
		Citation("ALM15", "23", "ALM-23"),
		Citation("KG95", "5.2", "KG-5.2"),
	),
	"PPSS Staffing Table": (
		Citation("KZ92", "4", "KZ92-4.5"),
		Citation("ALM15", "4", "ALM-4"),
	),
	"PPSS Support Case": (
		Citation("KZ92", "14", "KZ92-14.0"),
		Citation("KG95", "1.1", "KG-1.1b"),
	),
	"PPSS Support Centre": (Citation("KZ92", "15", "KZ92-15.1"),),
	"PPSS Support Order": (
		Citation("KZ92", "14 1) 1)", "KZ92-14.1.1a"),
		Citation("KG95", "1.6", "KG-1.6"),
	),
	"PPSS Term": (
		Citation("KZ92", "3", "KZ92-3"),
		Citation("ALM15", "8", "ALM-8"),
		Citation("ALM15", "9", "ALM-9"),
		Citation("KG95", "5.3", "KG-5.3"),
	),
}


def cited(doctype: str, profile: str | None) -> tuple[Citation, ...]:
	"""Return the clauses of the profile's act that stand behind a DocType; none where the act says nothing of it."""
	return tuple(one for one in CITED.get(doctype, ()) if one.act == profile)


# ---- turns


class Way(NamedTuple):
	"""A step open to the reader where all its conditions on the paper hold."""

	action: str
	conditions: tuple[str, ...] = ()


class Asked(NamedTuple):
	"""How a person's turn is found: entries of the tables above, None where they say nothing."""

	whose: str | None
	of_role: str | None
	in_rows: Marked | None
	never: str | None
	from_day: str | None


def asked_of(doctype: str, state: str) -> Asked:
	key = (doctype, state)
	return Asked(*(table.get(key) for table in (WHOSE, OF_ROLE, IN_ROWS, NEVER, FROM_DAY)))


@dataclass(frozen=True)
class Turn:
	"""States of a DocType from which the same people take a step.

	steps: by state, the ways on in the order of the workflow: the first whose conditions hold is the paper's.
	"""

	doctype: str
	steps: dict[str, tuple[Way, ...]]
	asked: Asked

	@property
	def conditions(self) -> set[str]:
		return {one for ways in self.steps.values() for way in ways for one in way.conditions}


def turns(doctype: str, transitions, own_roles: set[str], aside: frozenset[tuple[str, str]]) -> list[Turn]:
	"""Return what papers of a workflow may wait for from somebody with these roles, one entry for each way of asking.

	transitions: rows with state, action, next_state, allowed and condition, in the order of the workflow: the first is the way on,
	those after it count where its condition does not hold.
	aside: steps (state, next state) that want a reason: they stop or turn back what is under way, and nobody waits for them.
	"""
	steps: dict[str, list[Way]] = {}
	for row in transitions:
		if row.allowed in own_roles and (row.state, row.next_state) not in aside:
			asked = filter(None, (row.condition, ONLY_IF.get((doctype, row.action))))
			way = Way(row.action, tuple(asked))
			ways = steps.setdefault(row.state, [])
			if way not in ways and all(one.conditions for one in ways):
				ways.append(way)
	alike: dict[Asked, dict[str, tuple[Way, ...]]] = {}
	for state, ways in steps.items():
		if (doctype, state) not in AT_REST:
			alike.setdefault(asked_of(doctype, state), {})[state] = tuple(ways)
	return [Turn(doctype, found, asked) for asked, found in alike.items()]


def named() -> Iterator[tuple[str, Asked, list[str]]]:
	"""Return DocType, way of asking and states of what waits for one person alone, whoever reads it."""
	alike: dict[tuple[str, Asked], list[str]] = {}
	for doctype, state in (*WHOSE, *IN_ROWS):
		alike.setdefault((doctype, asked_of(doctype, state)), []).append(state)
	return ((doctype, asked, states) for (doctype, asked), states in alike.items())


FIELD = re.compile(r"""\bdoc(?:\.(?!get\b)|\.get\(\s*["']|\[\s*["'])(\w+)""")


def fields_of(condition: str) -> set[str]:
	"""Return the fields of the paper a condition of a workflow reads."""
	return set(FIELD.findall(condition))
