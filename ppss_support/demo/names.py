"""Invented people: names put together from lists by a seeded generator. Pure: no site is needed."""

from dataclasses import dataclass
from random import Random

MALE, FEMALE = "m", "f"
KAZAKH, RUSSIAN = "kk", "ru"

# Surnames as (of a man, of a woman).
KAZAKH_SURNAMES = """
Әбенов Әбенова|Әлімжанов Әлімжанова|Ақышев Ақышева|Арыстанов Арыстанова|Асқаров Асқарова|Бақтыбаев Бақтыбаева
Балғабеков Балғабекова|Бейсенов Бейсенова|Бердіғалиев Бердіғалиева|Болатов Болатова|Дәуренов Дәуренова
Дүйсенов Дүйсенова|Елубаев Елубаева|Ермеков Ермекова|Есімов Есімова|Жақыпов Жақыпова|Жанәбілов Жанәбілова
Жолдыбаев Жолдыбаева|Жұмағұлов Жұмағұлова|Игіліков Игілікова|Кәрімбаев Кәрімбаева|Көшербаев Көшербаева
Қалиев Қалиева|Қанатов Қанатова|Қаржаубаев Қаржаубаева|Құсайынов Құсайынова|Мәдиев Мәдиева|Мергенов Мергенова
Молдағали Молдағали|Мұқанов Мұқанова|Мырзабаев Мырзабаева|Назаров Назарова|Нұрпейіс Нұрпейіс|Омаров Омарова
Оңдасынов Оңдасынова|Оразалин Оразалина|Өтегенов Өтегенова|Сәдуақасов Сәдуақасова|Сағындық Сағындық
Садықов Садықова|Сапаров Сапарова|Сейдахметов Сейдахметова|Смағұлов Смағұлова|Тәжібаев Тәжібаева
Тілеубаев Тілеубаева|Төребеков Төребекова|Тұрсынов Тұрсынова|Үмбетов Үмбетова|Хамзин Хамзина|Шаймерден Шаймерден
Шәріпов Шәріпова|Ыбыраев Ыбыраева|Ысқақов Ысқақова
"""
KAZAKH_MALE = """
Абылай Әділ Әлібек Әлихан Айдос Айсұлтан Арлан Арман Арсен Асылбек Батырхан Бауыржан Бекзат Ғалым Дамир Дастан Дәулет
Диас Ерасыл Ержан Еркебұлан Ерлан Ернар Жандос Жаннұр Жәнібек Жасұлан Инабат Ислам Қайсар Қасым Қуаныш Мағжан Мадияр
Мансұр Мейірбек Мирас Мұрат Нұрислам Нұрсұлтан Олжас Рамазан Санжар Серік Сұлтан Талғат Темірлан Тимур Шыңғыс Ырысбек
"""
KAZAKH_FEMALE = """
Аяжан Аяла Аида Айару Айгерім Айзере Айкөркем Айша Ақбота Ақерке Алтынай Амина Анель Аружан Асылым Баян Ботагөз Гауһар
Ғазиза Дана Дария Дильназ Еңлік Жансая Жанель Жібек Зере Зейнеп Инжу Кәусар Көркем Қарақат Лаура Мадина Малика Мерей
Меруерт Назерке Нәзік Нұрай Нұргүл Раяна Сабина Салтанат Сымбат Томирис Толғанай Фариза Шырын Ясмин
"""
FATHERS = """
Асқар Бақыт Бауыржан Болат Ғани Дархан Дәурен Ерболат Ержан Ерлан Жомарт Қайрат Қанат Қуат Марат Мейрам Мұрат Нұрлан
Олжас Рүстем Сәкен Серік Талғат Тимур Уәлихан
"""
RUSSIAN_SURNAMES = """
Белов Белова|Васильев Васильева|Веснин Веснина|Воронов Воронова|Голубев Голубева|Громов Громова|Данилов Данилова
Демидов Демидова|Ермаков Ермакова|Жданов Жданова|Зайцев Зайцева|Захаров Захарова|Ильин Ильина|Калинин Калинина
Ковалёв Ковалёва|Комаров Комарова|Лавров Лаврова|Лебедев Лебедева|Макаров Макарова|Мельник Мельник|Морозов Морозова
Никитин Никитина|Орлов Орлова|Павлов Павлова|Платонов Платонова|Родионов Родионова|Савельев Савельева|Сафонов Сафонова
Соболев Соболева|Тарасов Тарасова|Тихонов Тихонова|Филатов Филатова|Чернов Чернова|Шевченко Шевченко|Щукин Щукина
"""
RUSSIAN_MALE = """
Александр Алексей Андрей Артём Виктор Глеб Данил Денис Дмитрий Евгений Егор Иван Илья Кирилл Максим Матвей Михаил Никита
Роман Сергей Степан Тимофей Фёдор Юрий Ярослав
"""
RUSSIAN_FEMALE = """
Алёна Алиса Анастасия Анна Валерия Варвара Вера Виктория Дарья Диана Евгения Екатерина Елена Ирина Кристина Ксения
Мария Милана Надежда Ольга Полина Светлана София Татьяна Юлия
"""
# Father's given name with the patronymics of a son and of a daughter.
RUSSIAN_FATHERS = """
Александр Александрович Александровна|Алексей Алексеевич Алексеевна|Андрей Андреевич Андреевна
Артём Артёмович Артёмовна|Виктор Викторович Викторовна|Денис Денисович Денисовна|Дмитрий Дмитриевич Дмитриевна
Евгений Евгеньевич Евгеньевна|Иван Иванович Ивановна|Игорь Игоревич Игоревна|Кирилл Кириллович Кирилловна
Максим Максимович Максимовна|Михаил Михайлович Михайловна|Олег Олегович Олеговна|Павел Павлович Павловна
Роман Романович Романовна|Сергей Сергеевич Сергеевна|Юрий Юрьевич Юрьевна
"""


def rows(text: str) -> list[tuple[str, ...]]:
	return [tuple(item.split()) for line in text.strip().splitlines() for item in line.split("|")]


GIVEN = {
	(KAZAKH, MALE): KAZAKH_MALE.split(),
	(KAZAKH, FEMALE): KAZAKH_FEMALE.split(),
	(RUSSIAN, MALE): RUSSIAN_MALE.split(),
	(RUSSIAN, FEMALE): RUSSIAN_FEMALE.split(),
}
SURNAMES = {KAZAKH: rows(KAZAKH_SURNAMES), RUSSIAN: rows(RUSSIAN_SURNAMES)}
FATHERS_OF = {
	KAZAKH: [(name, f"{name}ұлы", f"{name}қызы") for name in FATHERS.split()],
	RUSSIAN: rows(RUSSIAN_FATHERS),
}


@dataclass(frozen=True)
class Name:
	"""A person's name as the school writes it; the patronymic may be absent."""

	surname: str
	given_name: str
	patronymic: str | None = None

	def __str__(self) -> str:
		return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))


@dataclass(frozen=True)
class Stem:
	"""What the children of one father share: surname and patronymic, each for a son and for a daughter."""

	people: str
	surname: tuple[str, str]
	father: str
	patronymic: tuple[str, str] | None

	def child(self, rng: Random, sex: str) -> Name:
		patronymic = self.patronymic and by_sex(self.patronymic, sex)
		return Name(by_sex(self.surname, sex), rng.choice(GIVEN[self.people, sex]), patronymic)


def by_sex(pair: tuple[str, str], sex: str) -> str:
	return pair[0] if sex == MALE else pair[1]


def any_sex(rng: Random) -> str:
	return rng.choice((MALE, FEMALE))


def stem(rng: Random, people: str) -> Stem:
	"""Draw a family's names; one Kazakh family in six writes the father's name as surname and no patronymic."""
	father, son, daughter = rng.choice(FATHERS_OF[people])
	surname = rng.choice(SURNAMES[people])
	if people == KAZAKH and rng.random() < 1 / 6:
		return Stem(people, (father, father), father, None)
	if people == KAZAKH and rng.random() < 1 / 6:
		return Stem(people, surname, father, None)
	return Stem(people, surname, father, (son, daughter))


def adult(rng: Random, people: str, sex: str) -> Name:
	return stem(rng, people).child(rng, sex)
