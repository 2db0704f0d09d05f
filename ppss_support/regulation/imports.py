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
# The step a button takes, by the states it begins in. What has failed is looked at again before it is entered.
STEPS = {"Check": (NEW, CHECKED, DONE, FAILED), "Enter": (CHECKED, DONE)}
# Words by which people are looked up: a list may leave out the patronymic.
SHORT = 2


@dataclass(frozen=True)
class Person:
	"""By what a person is known: the name as it is compared, the day of birth, the identity number."""

	name_key: str
	born: date | None = None
	number: str = ""

	@property
	def short_key(self) -> str:
		return " ".join(self.name_key.split()[:SHORT])

	def same(self, other: "Person") -> bool:
		"""The number decides where both have one; else the name, with the birth date where both have one.

		A name without the patronymic is the same name only with the same birth date.
		"""
		if self.number and other.number:
			return self.number == other.number
		if self.born and other.born:
			return self.born == other.born and self.alike(other)
		return self.name_key == other.name_key

	def alike(self, other: "Person") -> bool:
		"""Tell whether the names are the same but for a patronymic that one leaves out."""
		shorter, longer = sorted((self.name_key, other.name_key), key=len)
		return f"{longer} ".startswith(f"{shorter} ")

	def perhaps(self, other: "Person") -> bool:
		"""Tell whether nothing but a patronymic parts two people, and neither birth dates nor numbers do."""
		return self.alike(other) and not (self.number and other.number) and not (self.born and other.born)


def next_step(step: str, status: str) -> list[Finding]:
	"""Refuse a button that is not the next one (A149)."""
	return [] if status in STEPS[step] else [Finding.of("A149", Label(status), Label(step))]


def presses(user: str, maker: str, shown: str) -> list[Finding]:
	"""Refuse whoever has not made the import (A154): others may change its file, and may enter less than its maker."""
	return [] if user == maker else [Finding.of("A154", shown)]


def filled(values: Mapping[str, object], needed: Iterable[str]) -> list[Finding]:
	"""Refuse a row that leaves out what a new record needs (A143)."""
	return [Finding.of("A143", Label(FIELD_LABELS[name])) for name in needed if not values.get(name)]


def repeated(people: Sequence[Person]) -> dict[int, int]:
	"""Return for each place whose person stood before the first place the person stood at."""
	first_of_number: dict[str, int] = {}
	places_of_name: dict[str, list[int]] = {}
	found = {}
	for place, person in enumerate(people):
		namesakes = places_of_name.setdefault(person.short_key, [])
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

	`candidates`: people with the same number, or name but for the patronymic, by their records. A145: several fit, or one
	might. A146: number and name point to different people.
	"""
	numbered = [
		record for record, other in candidates.items() if person.number and other.number == person.number
	]
	if numbered:
		other = candidates[numbered[0]]
		stranger = not other.alike(person) and other.born != person.born
		return numbered[0], [Finding.of("A146", numbered[0])] if stranger else []
	same = sorted(record for record, other in candidates.items() if other.same(person))
	if len(same) == 1:
		return same[0], []
	near = same or sorted(record for record, other in candidates.items() if other.perhaps(person))
	if near:
		return None, [Finding.of("A145", ", ".join(near))]
	twins = sorted(
		record
		for record, other in candidates.items()
		if person.born and other.born == person.born and other.alike(person)
	)
	return None, [Finding.of("A146", twins[0])] if twins else []
