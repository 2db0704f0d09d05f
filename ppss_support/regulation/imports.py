"""Lists of people taken in from tables: what a row must hold, and when two rows or records are the same person.

None of it is law: the records that are made are judged by the rules of their own forms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label

LEARNERS, SPECIALISTS, CASES, NEXT_YEAR = "Learners", "Specialists", "Support Cases", "Next School Year"
# What is entered, by kind; the next year makes classes, moves children, and opens and closes cases.
ENTERED = {
	LEARNERS: ("PPSS Learner",),
	SPECIALISTS: ("PPSS Specialist",),
	CASES: ("PPSS Support Case",),
	NEXT_YEAR: ("PPSS Class", "PPSS Learner", "PPSS Support Case"),
}
# What the columns of a table may hold, by the name of the field.
FIELD_LABELS = {
	"full_name": "Full Name",
	"surname": "Surname",
	"given_name": "Given Name",
	"patronymic": "Patronymic",
	"identity_number": "Identity Number",
	"birth_date": "Birth Date",
	"school_class": "Class",
	"class_letter": "Letter of the Class",
	"language": "Language of Instruction",
	"position": "Position",
	"position_ru": "Position in Russian",
	"roles": "Roles",
	"opened_on": "Opened on",
	"responsible": "Responsible Specialist",
	"reasons": "Reasons",
	"reason": "Reason",
}
FIELDS_OF_LABEL = {label: name for name, label in FIELD_LABELS.items()}
NAMES = ("full_name", "surname", "given_name", "patronymic", "identity_number")
FIELDS = {
	LEARNERS: (*NAMES, "birth_date", "school_class", "class_letter", "language"),
	SPECIALISTS: (*NAMES, "position", "position_ru", "roles"),
	CASES: (
		*NAMES,
		"birth_date",
		"school_class",
		"class_letter",
		"opened_on",
		"responsible",
		"reasons",
		"reason",
	),
}
NEW, CHECKING, CHECKED, IMPORTING, DONE, FAILED = (
	"New",
	"Being Checked",
	"Checked",
	"Being Entered",
	"Done",
	"Failed",
)
RUNNING = (CHECKING, IMPORTING)
# The step a button takes, by the states it begins in. What failed half-way goes on where it stopped.
STEPS = {"Check": (NEW, CHECKED, DONE, FAILED), "Enter": (CHECKED, DONE, FAILED)}


@dataclass(frozen=True)
class Person:
	"""By what a person is known: the name as it is compared, the day of birth, the identity number."""

	name_key: str
	born: date | None = None
	number: str = ""

	def same(self, other: "Person") -> bool:
		"""The number decides where both have one; else the name, with the birth date where both have one."""
		if self.number and other.number:
			return self.number == other.number
		return self.name_key == other.name_key and (self.born == other.born or not (self.born and other.born))


def next_step(step: str, status: str) -> list[Finding]:
	"""Refuse a button that is not the next one (A149)."""
	return [] if status in STEPS[step] else [Finding.of("A149", Label(status), Label(step))]


def filled(values: Mapping[str, object], needed: Iterable[str]) -> list[Finding]:
	"""Refuse a row that leaves out what a new record needs (A143)."""
	return [Finding.of("A143", Label(FIELD_LABELS[name])) for name in needed if not values.get(name)]


def repeated(people: Sequence[Person]) -> dict[int, int]:
	"""Return for each place whose person stood before the first place the person stood at."""
	first_of_number: dict[str, int] = {}
	places_of_name: dict[str, list[int]] = {}
	found = {}
	for place, person in enumerate(people):
		namesakes = places_of_name.setdefault(person.name_key, [])
		earlier = [first_of_number[person.number]] if person.number in first_of_number else []
		earlier += [one for one in namesakes if people[one].same(person)]
		if earlier:
			found[place] = min(earlier)
			continue
		namesakes.append(place)
		if person.number:
			first_of_number[person.number] = place
	return found


def one_record(person: Person, candidates: Mapping[str, Person]) -> tuple[str | None, list[Finding]]:
	"""Return the record a row is about, None for a new one, and what is against it.

	`candidates`: people with the same number or name, by their records. A145: several fit. A146: number and name point to
	different people.
	"""
	numbered = [
		record for record, other in candidates.items() if person.number and other.number == person.number
	]
	if numbered:
		other = candidates[numbered[0]]
		stranger = other.name_key != person.name_key and other.born != person.born
		return numbered[0], [Finding.of("A146", numbered[0])] if stranger else []
	alike = sorted(record for record, other in candidates.items() if other.same(person))
	if len(alike) > 1:
		return None, [Finding.of("A145", ", ".join(alike))]
	if alike:
		return alike[0], []
	twins = sorted(
		record for record, other in candidates.items() if person.born and other.born == person.born
	)
	return None, [Finding.of("A146", twins[0])] if twins else []
