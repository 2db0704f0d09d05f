"""The site answers in the reader's language, and names stand in the order of the alphabet."""

import frappe
import pytest
from frappe.utils import add_days, now_datetime

from ppss_support.tests import log
from ppss_support.tests.factories import make
from ppss_support.tests.guards import check_ok
from ppss_support.tests.reading import foreign_words

CLASSES = ("7 Ә", "10 А", "7 Б", "7 А", "7 Һ", "7 І")
IN_ORDER = ["7 А", "7 Ә", "7 Б", "7 Һ", "7 І", "10 А"]


@pytest.fixture
def reads(site):
	"""Return a function that gives a user another language until the end of the test."""
	before = {}

	def reads(user: str, lang: str):
		before.setdefault(user, frappe.db.get_value("User", user, "language"))
		set_language(user, lang)

	yield reads
	for user, lang in before.items():
		set_language(user, lang)
	site.db.commit()


def set_language(user: str, lang: str | None):
	frappe.db.set_value("User", user, "language", lang)
	frappe.cache.hdel("lang", user)


# ---- refusals of the framework itself


def class_values(school) -> dict:
	return {"organisation": school.organisation, "school_year": school.year, "level": "L2"}


def without_mandatory(client, school):
	return client.create("PPSS Learner", organisation=school.organisation)


def with_dead_link(client, school):
	about = {**class_values(school), "school_year": "1999/2000 оқу жылы"}
	return client.create("PPSS Class", title="9 Ә", **about)


def with_wrong_choice(client, school):
	return client.create("PPSS Class", title="9 Ә", language="эльф тілі", **class_values(school))


def saved_by_another(client, school):
	made = make("PPSS Class", title="8 Ә", **class_values(school))
	old = str(add_days(now_datetime(), -1))
	return client.change("PPSS Class", made.name, title="8 Б", modified=old)


def not_readable(client, school):
	return client.call("GET", "/api/resource/PPSS Pay Sheet")


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize(
	"refused",
	[without_mandatory, with_dead_link, with_wrong_choice, saved_by_another, not_readable],
)
def test_the_framework_refuses_in_the_readers_language(school, rest, reads, lang, refused):
	user = school.users["ADM"]
	reads(user, lang)
	answer = refused(rest(user), school)
	assert not answer.ok
	texts = answer.texts or [answer.body.get("_error_message")]
	assert all(texts)
	# A refusal of a whole kind of document names it as the framework keeps it.
	left = [text.replace("<strong>PPSS Pay Sheet</strong>", "") for text in texts]
	assert {text: foreign_words(text) for text in left if foreign_words(text)} == {}


# ---- what is written for others


@pytest.mark.parametrize(("lang", "word"), [("kk", "сұрайды"), ("ru", "обращается")])
def test_a_request_stands_on_the_list_in_the_language_of_its_reader(school, rest, reads, lang, word):
	asked = school.users["PSY"]
	reads(asked, lang)
	made = rest(school.users["TCH"]).create("PPSS Request", **log.request_values(school))
	check_ok(made)
	own = {"reference_name": made.data["name"], "allocated_to": asked}
	assert word in frappe.db.get_value("ToDo", own, "description")


# ---- the alphabet


def test_lists_stand_in_the_order_of_the_alphabet_whatever_is_sent(school, rest):
	registrar = rest(school.users["ADM"])
	names = []
	for title in CLASSES:
		made = registrar.create("PPSS Class", title=title, sort_key="0", **class_values(school))
		check_ok(made)
		names.append(made.data["name"])
	meta = frappe.get_meta("PPSS Class")
	order = f"{meta.sort_field} {meta.sort_order}"
	listed = registrar.method(
		"frappe.client.get_list",
		doctype="PPSS Class",
		fields=["title"],
		filters={"name": ["in", names]},
		order_by=order,
	)
	assert [row["title"] for row in listed.data] == IN_ORDER


def test_people_are_filed_by_their_names(school):
	person = frappe.get_doc("PPSS Specialist", school.staff["PSY"])
	parent = make("PPSS Representative", full_name="Ілиясова Гүл", organisation=school.organisation)
	earlier = make("PPSS Representative", full_name="Ибраева Ән", organisation=school.organisation)
	assert person.sort_key
	assert earlier.sort_key < parent.sort_key
	parent.full_name = "Абаева Гүл"
	assert parent.save().sort_key < earlier.sort_key
