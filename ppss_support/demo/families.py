"""Families of the demo school and how their children fill its classes. Pure: no site is needed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ppss_support.demo.names import FEMALE, KAZAKH, MALE, RUSSIAN, Name, Stem, adult, any_sex, by_sex, stem

RUSSIAN_SHARE = 0.6  # of the families in classes taught in Russian
LETTERS_OF_LANGUAGE = {"А": "kk", "Ә": "kk", "Б": "ru"}
SIZES = (25, 26, 24, 27, 23, 25, 28, 22)


@dataclass(frozen=True)
class SchoolClass:
	grade: int
	letter: str
	size: int

	@property
	def title(self) -> str:
		return f"{self.grade} {self.letter}"

	@property
	def language(self) -> str:
		return LETTERS_OF_LANGUAGE[self.letter]

	@property
	def level(self) -> str:
		"""Primary, basic secondary or general secondary education."""
		return "L1" if self.grade < 5 else "L2" if self.grade < 10 else "L3"


@dataclass(frozen=True)
class Adult:
	name: Name
	relation: str = "Parent"
	authority: str | None = None


@dataclass(frozen=True)
class Pupil:
	name: Name
	school_class: SchoolClass
	born: date


@dataclass
class Family:
	adults: list[Adult]
	pupils: list[Pupil] = field(default_factory=list)


def classes() -> list[SchoolClass]:
	"""Return the 24 classes of 600 pupils: two in every grade, three in grades 1 and 5."""
	titles = [
		(grade, letter) for grade in range(1, 12) for letter in "АӘБ" if letter != "А" or grade in (1, 5)
	]
	return [SchoolClass(grade, letter, SIZES[n % len(SIZES)]) for n, (grade, letter) in enumerate(titles)]


def families(seed: str, year_first: date) -> list[Family]:
	"""Return the families whose children fill every class; the same seed gives the same people."""
	rng = Random(seed)
	seats = [each for each in classes() for _ in range(each.size)]
	rng.shuffle(seats)
	found = []
	while seats:
		found.append(family(rng, take_seats(rng, seats), year_first))
	return found


def take_seats(rng: Random, seats: list[SchoolClass]) -> list[SchoolClass]:
	"""Take a place for each child of a family: one language of teaching, different grades."""
	wanted = rng.choices((1, 2, 3), (68, 26, 6))[0]
	taken = [seats.pop()]
	for seat in seats[-60:]:
		if len(taken) == wanted:
			break
		if seat.language == taken[0].language and seat.grade not in {t.grade for t in taken}:
			taken.append(seat)
			seats.remove(seat)
	return taken


def family(rng: Random, seats: list[SchoolClass], year_first: date) -> Family:
	russian = seats[0].language == "ru" and rng.random() < RUSSIAN_SHARE
	kin = stem(rng, RUSSIAN if russian else KAZAKH)
	names = children(rng, kin, len(seats))
	season = rng.randrange(40, 325)
	days = [birth_date(rng, seat.grade, season, year_first) for seat in seats]
	pupils = [Pupil(*row) for row in zip(names, seats, days, strict=True)]
	return Family(adults(rng, kin), pupils)


def children(rng: Random, kin: Stem, count: int) -> list[Name]:
	"""Siblings never share a given name."""
	found: dict[str, Name] = {}
	while len(found) < count:
		name = kin.child(rng, any_sex(rng))
		found.setdefault(name.given_name, name)
	return list(found.values())


def birth_date(rng: Random, grade: int, season: int, year_first: date) -> date:
	"""A first-grader has turned six by 1 September; siblings born about one season stay nine months apart."""
	return date(year_first.year - 6 - grade, 9, 1) + timedelta(days=season + rng.randrange(-40, 40))


def adults(rng: Random, kin: Stem) -> list[Adult]:
	"""Usually both parents, often one; a few children live with a guardian."""
	drawn = rng.random()
	if drawn < 0.04:
		return [guardian(rng, kin)]
	mother = Adult(mother_of(rng, kin))
	if drawn < 0.50:
		return [mother]
	return [mother, Adult(father_of(rng, kin))]


def mother_of(rng: Random, kin: Stem) -> Name:
	"""Half the mothers bear the family's surname."""
	own = adult(rng, kin.people, FEMALE)
	if kin.patronymic and rng.random() < 0.5:
		return Name(by_sex(kin.surname, FEMALE), own.given_name, own.patronymic)
	return own


def father_of(rng: Random, kin: Stem) -> Name:
	own = adult(rng, kin.people, MALE)
	surname = own.surname if kin.patronymic is None else by_sex(kin.surname, MALE)
	return Name(surname, kin.father, own.patronymic)


def guardian(rng: Random, kin: Stem) -> Adult:
	"""A guardian acts on a paper of the guardianship body."""
	number = rng.randrange(100, 900)
	authority = f"Қорғаншылық тағайындау туралы № {number} бұйрық"
	return Adult(adult(rng, kin.people, FEMALE), "Guardian", authority)
