"""The people who work in the demo school, and which of them sign in."""

from dataclasses import dataclass
from random import Random

from ppss_support.constants.roles import ALL, ROLE_OF_TERM
from ppss_support.demo.families import SchoolClass, classes
from ppss_support.demo.names import FEMALE, KAZAKH, MALE, RUSSIAN, Name, adult

# Key, post, language of the name. The first letters of a key are the term code of the role.
OFFICE = (
	("HEAD1", "Мектеп директоры", KAZAKH, FEMALE),
	("DEP1", "Директордың инклюзивті білім беру жөніндегі орынбасары", KAZAKH, FEMALE),
	("DEP2", "Директордың тәрбие ісі жөніндегі орынбасары", KAZAKH, MALE),
	("PSY1", "Педагог-психолог", KAZAKH, FEMALE),
	("PSY2", "Педагог-психолог", RUSSIAN, FEMALE),
	("PSY3", "Педагог-психолог", KAZAKH, MALE),
	("SOC1", "Әлеуметтік педагог", KAZAKH, FEMALE),
	("SOC2", "Әлеуметтік педагог", KAZAKH, FEMALE),
	("SPE1", "Арнайы педагог", RUSSIAN, FEMALE),
	("SPE2", "Арнайы педагог", KAZAKH, FEMALE),
	("AST1", "Педагог-ассистент", KAZAKH, FEMALE),
	("AST2", "Педагог-ассистент", KAZAKH, FEMALE),
	("AST3", "Педагог-ассистент", RUSSIAN, FEMALE),
	("CAR1", "Педагог-кәсіби бағдар беруші", KAZAKH, MALE),
	("TCH1", "Қазақ тілі мен әдебиеті мұғалімі", KAZAKH, FEMALE),
	("ADM1", "Іс жүргізуші", KAZAKH, FEMALE),
	("ACC1", "Бухгалтер", RUSSIAN, FEMALE),
)
# Members of the service by order; with the head they are its fourteen specialists.
MEMBERS = (
	"DEP1",
	"DEP2",
	"PSY1",
	"PSY2",
	"PSY3",
	"SOC1",
	"SOC2",
	"SPE1",
	"SPE2",
	"AST1",
	"AST2",
	"AST3",
	"CAR1",
)
# Subjects of class teachers, in classes taught in Kazakh and in Russian.
SUBJECTS_KK = (
	"Математика мұғалімі",
	"Тарих мұғалімі",
	"Биология мұғалімі",
	"Ағылшын тілі мұғалімі",
	"Физика мұғалімі",
)
SUBJECTS_RU = (
	"Орыс тілі мұғалімі",
	"Математика мұғалімі",
	"География мұғалімі",
	"Химия мұғалімі",
	"Информатика мұғалімі",
)
POSITIONS_RU = {
	"Мектеп директоры": "Директор школы",
	"Директордың инклюзивті білім беру жөніндегі орынбасары": "Заместитель директора по инклюзивному образованию",
	"Директордың тәрбие ісі жөніндегі орынбасары": "Заместитель директора по воспитательной работе",
	"Педагог-психолог": "Педагог-психолог",
	"Әлеуметтік педагог": "Социальный педагог",
	"Арнайы педагог": "Специальный педагог",
	"Педагог-ассистент": "Педагог-ассистент",
	"Педагог-кәсіби бағдар беруші": "Педагог-профориентатор",
	"Қазақ тілі мен әдебиеті мұғалімі": "Учитель казахского языка и литературы",
	"Іс жүргізуші": "Делопроизводитель",
	"Бухгалтер": "Бухгалтер",
	"Бастауыш сынып мұғалімі": "Учитель начальных классов",
	"Математика мұғалімі": "Учитель математики",
	"Тарих мұғалімі": "Учитель истории",
	"Биология мұғалімі": "Учитель биологии",
	"Ағылшын тілі мұғалімі": "Учитель английского языка",
	"Физика мұғалімі": "Учитель физики",
	"Орыс тілі мұғалімі": "Учитель русского языка",
	"География мұғалімі": "Учитель географии",
	"Химия мұғалімі": "Учитель химии",
	"Информатика мұғалімі": "Учитель информатики",
}

# Key and the part of the address before the @; the first eleven are the logins handed out, one per role.
LOGINS = {
	"HEAD1": "head",
	"DEP1": "deputy",
	"PSY1": "psychologist",
	"SOC1": "social.pedagogue",
	"SPE1": "special.pedagogue",
	"AST1": "assistant",
	"CAR1": "career.guide",
	"5 Ә": "class.teacher",
	"TCH1": "teacher",
	"ADM1": "registrar",
	"ACC1": "accountant",
	"DEP2": "deputy.2",
	"PSY2": "psychologist.2",
	"PSY3": "psychologist.3",
	"SPE2": "special.pedagogue.2",
	"2 Ә": "class.teacher.2",
	"3 Б": "class.teacher.3",
}
HANDED_OUT = tuple(LOGINS)[: len(ALL)]
IN_RUSSIAN = {"SPE1", "ACC1"}
DOMAIN = "mektep.example"


@dataclass(frozen=True)
class Person:
	"""Class teachers have the title of their class as key."""

	key: str
	name: Name
	position: str

	@property
	def position_ru(self) -> str:
		return POSITIONS_RU[self.position]

	@property
	def term(self) -> str:
		return "CLS" if self.key[0].isdigit() else self.key[:3] if self.key != "HEAD1" else "HEAD"

	@property
	def role(self) -> str:
		return ROLE_OF_TERM[self.term]

	@property
	def email(self) -> str | None:
		local = LOGINS.get(self.key)
		return local and f"{local}@{DOMAIN}"

	@property
	def language(self) -> str:
		return "ru" if self.key in IN_RUSSIAN else "kk"


def staff(seed: str) -> list[Person]:
	"""Return everyone who works here, no two of one name; the same seed gives the same people."""
	rng = Random(seed)
	found: dict[str, Person] = {}
	for key, position, people, sex in (*OFFICE, *(class_teacher(each) for each in classes())):
		name = unused_name(rng, people, sex, found)
		found[str(name)] = Person(key, name, position)
	return list(found.values())


def class_teacher(each: SchoolClass) -> tuple[str, str, str, str]:
	russian = each.language == "ru"
	if each.grade < 5:
		position = "Бастауыш сынып мұғалімі"
	else:
		position = (SUBJECTS_RU if russian else SUBJECTS_KK)[each.grade % 5]
	people = RUSSIAN if russian and each.grade % 2 else KAZAKH
	return each.title, position, people, MALE if each.grade in (6, 9) else FEMALE


def unused_name(rng, people, sex, taken):
	"""Return a name nobody of the staff has yet."""
	while str(name := adult(rng, people, sex)) in taken:
		pass
	return name
