"""A school whose people have names, as one would see it on the screen."""

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings

from ppss_support.tests.factories import School

STAFF = {
	"HEAD": ("Серікбаева Айгүл Маратқызы", "Директор"),
	"DEP": ("Жұмабеков Ерлан Қайратұлы", "Директордың орынбасары"),
	"PSY": ("Оспанова Дина Бақытқызы", "Педагог-психолог"),
	"SOC": ("Ахметова Гүлнар Сәкенқызы", "Әлеуметтік педагог"),
	"SPE": ("Қасымова Жанна Ермекқызы", "Арнайы педагог"),
	"AST": ("Нұрланова Әсел Тимурқызы", "Педагог-ассистент"),
	"CAR": ("Байжанов Арман Ғалымұлы", "Педагог-кәсіби бағдар беруші"),
	"CLS": ("Төлегенова Сәуле Асқарқызы", "Сынып жетекшісі"),
	"TCH": ("Иманғалиев Нұржан Олжасұлы", "Математика мұғалімі"),
	"ADM": ("Петрова Ольга Сергеевна", "Іс жүргізуші"),
	"ACC": ("Ким Виктория Андреевна", "Бухгалтер"),
}
CHILDREN = (
	("Әбдірахманов", "Алихан", "Русланұлы"),
	("Қайратқызы", "Томирис", None),
	("Смағұлов", "Ернар", "Дәуренұлы"),
	("Иванова", "Мария", "Петровна"),
	("Жақсылық", "Аружан", "Бекжанқызы"),
	("Ермеков", "Санжар", "Талғатұлы"),
	("Мұратова", "Айша", "Нұрланқызы"),
	("Бекенов", "Дамир", "Асланұлы"),
)


class NamedSchool(School):
	"""The school of the factories; its users read Kazakh."""

	children = 0

	def add_person(self, term: str, key: str | None = None) -> str:
		name = super().add_person(term, key)
		# The Desk opens for nobody without these; the framework makes them when a user is saved.
		create_notification_settings(self.users[key or term])
		full_name, position = STAFF[term]
		frappe.db.set_value("PPSS Specialist", name, {"full_name": full_name, "position": position})
		surname, _, rest = full_name.partition(" ")
		person = {"first_name": rest, "last_name": surname, "full_name": full_name, "language": "kk"}
		frappe.db.set_value("User", self.users[key or term], person)
		return name

	def add_learner(self, **values):
		learner = super().add_learner(**values)
		surname, given_name, patronymic = CHILDREN[NamedSchool.children % len(CHILDREN)]
		NamedSchool.children += 1
		parent = learner.representatives[0].representative
		frappe.db.set_value("PPSS Representative", parent, "full_name", f"{surname} Гүлмира Сәбитқызы")
		learner.update({"surname": surname, "given_name": given_name, "patronymic": patronymic})
		return learner.save()

	def member_rows(self, *terms: str, **values) -> list[dict]:
		return [
			{**row, "position": STAFF[row["role_in_service"]][1]}
			for row in super().member_rows(*terms, **values)
		]
