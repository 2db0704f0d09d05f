"""A school whose people have names, as one would see it on the screen."""

import os

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import create_notification_settings
from frappe.utils import today

from ppss_support.tests import support
from ppss_support.tests.factories import School, make

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
# A run opens the Desk as the most different roles; PPSS_EVERY_ROLE=1, and a run that takes pictures, as all of them.
EVERY_ROLE = bool(os.environ.get("PPSS_EVERY_ROLE") or os.environ.get("PPSS_SCREENSHOTS"))


def opened(*everybody):
	"""Return whom a run opens the Desk as: the first alone, or everybody."""
	return everybody if EVERY_ROLE else everybody[:1]


READS_RUSSIAN = ("SPE", "ADM", "ACC")
CHILDREN = (
	("Әбдірахманов", "Алихан", "Русланұлы"),
	("Қайратова", "Томирис", "Ермекқызы"),
	("Смағұлов", "Ернар", "Дәуренұлы"),
	("Иванова", "Мария", "Петровна"),
	("Жақсылықова", "Аружан", "Бекжанқызы"),
	("Ермеков", "Санжар", "Талғатұлы"),
	("Мұратова", "Айша", "Нұрланқызы"),
	("Бекенов", "Дамир", "Асланұлы"),
)


class NamedSchool(School):
	"""The school of the factories; its users read Kazakh or Russian."""

	children = 0

	def add_person(self, term: str, key: str | None = None) -> str:
		name = super().add_person(term, key)
		user = self.users[key or term]
		# The Desk opens for nobody without these; the framework makes them when a user is saved.
		create_notification_settings(user)
		full_name, position = STAFF[term]
		frappe.db.set_value("PPSS Specialist", name, {"full_name": full_name, "position": position})
		surname, _, rest = full_name.partition(" ")
		language = "ru" if term in READS_RUSSIAN else "kk"
		person = {"first_name": rest, "last_name": surname, "full_name": full_name, "language": language}
		frappe.db.set_value("User", user, person)
		return name

	def add_learner(self, **values):
		learner = super().add_learner(**values)
		surname, given_name, patronymic = CHILDREN[self.children % len(CHILDREN)]
		self.children += 1
		parent = learner.representatives[0].representative
		frappe.db.set_value("PPSS Representative", parent, "full_name", f"{surname} Гүлмира Сәбитқызы")
		learner.update({"surname": surname, "given_name": given_name, "patronymic": patronymic})
		return learner.save()

	def member_rows(self, *terms: str, **values) -> list[dict]:
		rows = super().member_rows(*terms, **values)
		return [{**row, "position": STAFF[row["role_in_service"]][1]} for row in rows]

	# ---- what a browser test wants to know

	def order_in_force(self) -> str:
		filters = {"organisation": self.organisation, "workflow_state": "In force"}
		return frappe.db.get_value("PPSS Support Order", filters)

	def part_of(self, assessment, key: str) -> str:
		filters = {"assessment": assessment.name, "specialist": self.staff[key]}
		return frappe.db.get_value("PPSS Assessment Part", filters)

	def case_of(self, learner) -> str:
		return frappe.db.get_value("PPSS Support Case", {"learner": learner.name})

	def lessons_of(self, programme) -> list:
		names = frappe.get_all("PPSS Attendance", {"programme": programme.name}, pluck="parent")
		return [frappe.get_doc("PPSS Session", name) for name in names]

	def group_lesson_today(self):
		children = support.special_children(self, 2)
		with self.acting("SPE"):
			group = make("PPSS Session Group", **support.group_values(self, children))
		lesson = {"group": group.name, "form": group.kind, "planned_minutes": 45, "date": today()}
		return support.session(self, children, **lesson)

	@staticmethod
	def see_what_others_wrote():
		"""End the transaction, whose view of the site is that of its begin."""
		frappe.db.rollback()

	# ---- a paper of each kind to print, made once

	def order_paper(self) -> tuple[str, str]:
		return "PPSS Support Order", self.order_in_force()

	def consent_paper(self) -> tuple[str, str]:
		child = self.listed_child()
		return "PPSS Consent", frappe.db.get_value("PPSS Consent", {"learner": child.name})

	def assessment_paper(self) -> tuple[str, str]:
		child = self.listed_child()
		return "PPSS Needs Assessment", frappe.db.get_value("PPSS Needs Assessment", {"learner": child.name})

	def list_paper(self) -> tuple[str, str]:
		self.listed_child()
		return "PPSS Learner List", self.approved_list()

	def programme_paper(self) -> tuple[str, str]:
		made = self.kept("programme", lambda school: school.programme(school.make_listed_child()))
		return made.doctype, made.name

	def meeting_paper(self) -> tuple[str, str]:
		made = self.kept("meeting", School.meeting)
		return made.doctype, made.name

	def referral_paper(self) -> tuple[str, str]:
		made = self.kept("referral", lambda school: school.referral(school.make_listed_child(), "Sent"))
		return made.doctype, made.name
