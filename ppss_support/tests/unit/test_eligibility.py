"""Requirements of order No 338 as data: met, not met, or for a person; service without a day counted twice (KZ92-4.4)."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppss_support.regulation
from ppss_support.regulation import eligibility
from ppss_support.regulation.eligibility import MET, NOT_MET, PERSON, Course, Education, Record
from ppss_support.regulation.service import Length, Period, length, merged, worked_through

DATA = Path(ppss_support.regulation.__file__).parents[1] / "data"
RULES = json.loads((DATA / "eligibility.json").read_text(encoding="utf-8"))
POSITIONS = {
	p["code"]: p for p in json.loads((DATA / "positions.json").read_text(encoding="utf-8"))["positions"]
}
TERMS = {t["code"] for t in json.loads((DATA / "terms.json").read_text(encoding="utf-8"))}
TODAY = date(2026, 3, 1)
clause = pytest.mark.clause


def worked(years: int, **kind) -> Period:
	return Period(date(TODAY.year - years, TODAY.month, TODAY.day), **kind)


HIGHER = Education("Higher", "Pedagogical")
MASTER = Education("Postgraduate", "Pedagogical")
COLLEGE = Education("Vocational", "Pedagogical")
SPECIAL = Education("Higher", "Pedagogical", "ED1")
SPECIAL_MASTER = Education("Postgraduate", "Pedagogical", "ED1")
PSYCHOLOGIST = Education("Higher", "Pedagogical", "ED2")
PHYSICIAN = Education("Higher", "Medical")
RETRAINED = Course("Pedagogical Retraining")
BOTH = (SPECIAL, SPECIAL_MASTER)
PRESCHOOL = {"pedagogical": True, "organisation": "Preschool"}

# Position, category, what the file holds, result.
CASES = [
	# "немесе": one of the ways is enough; retraining is a way of its own.
	("3.10", "QC1", {"courses": (RETRAINED,)}, MET),
	("3.10", "QC1", {"education": BOTH}, MET),
	# "жоғары және (немесе) жоғары оқу орнынан кейінгі" with one of the two is for a person.
	("3.10", "QC1", {"education": (SPECIAL,)}, PERSON),
	("3.10", "QC1", {"education": (HIGHER,)}, NOT_MET),
	("3.10", "QC1", {"education": (COLLEGE,)}, NOT_MET),
	# Entry and years are joined by "және (немесе)": both met, none met, one of them.
	("3.10", "QC2", {"education": BOTH, "service": (worked(2, in_speciality=True),)}, MET),
	("3.10", "QC2", {"education": BOTH, "service": (worked(1, in_speciality=True),)}, PERSON),
	("3.10", "QC2", {"education": (COLLEGE,), "service": (worked(9, in_speciality=True),)}, NOT_MET),
	("3.10", "QC4", {"education": BOTH, "service": (worked(4, in_speciality=True),)}, MET),
	("3.10", "QC5", {"education": BOTH, "service": (worked(5, in_speciality=True),)}, MET),
	# Kinds of service are not merged.
	("3.10", "QC2", {"education": BOTH, "service": (worked(9, pedagogical=True),)}, PERSON),
	(
		"3.13",
		"QC2",
		{"courses": (RETRAINED,), "education": (HIGHER,), "service": (worked(2, pedagogical=True),)},
		MET,
	),
	("3.12", "QC3", {"education": (HIGHER,), "service": (worked(3, role="SOC"),)}, MET),
	("3.12", "QC3", {"education": (HIGHER,), "service": (worked(3, role="PSY"),)}, PERSON),
	# For the highest category the text names another post: never decided.
	("3.12", "QC5", {"education": (HIGHER,), "service": (worked(9, role="SOC"),)}, PERSON),
	# The school psychologist: "немесе" between the levels; medical education "of the profile" is for a person.
	("3.9", "QC1", {"education": (PSYCHOLOGIST,)}, MET),
	("3.9", "QC1", {"education": (PHYSICIAN,)}, PERSON),
	("3.9", "QC1", {"education": (HIGHER,), "courses": (RETRAINED,)}, NOT_MET),
	("3.9", "QC2", {"education": (PSYCHOLOGIST,), "service": (worked(2, in_speciality=True),)}, PERSON),
	("3.9", "QC2", {"education": (PSYCHOLOGIST,), "service": (worked(3, in_speciality=True),)}, MET),
	# Assistants: the middle level has years for three categories, not for the highest.
	("3.11", "QC2", {"education": (COLLEGE, HIGHER), "service": (worked(2, in_speciality=True),)}, MET),
	("3.11", "QC5", {"education": (COLLEGE,), "service": (worked(9, in_speciality=True),)}, PERSON),
	("10.19", "QC5", {"education": (HIGHER, COLLEGE), "service": (worked(5, in_speciality=True),)}, MET),
	("10.19", "QC5", {"education": (HIGHER,), "service": (worked(6, in_speciality=True),)}, MET),
	# Deputies: education and years together, or a category; the file may hold one side only.
	(
		"3.4",
		"QC1",
		{"education": (HIGHER, MASTER), "service": (worked(3, pedagogical=True),), "categories": {"QC3"}},
		MET,
	),
	("3.4", "QC1", {"education": (HIGHER, MASTER), "service": (worked(3, pedagogical=True),)}, PERSON),
	("3.4", "QC1", {"education": (HIGHER, MASTER), "service": (worked(2, pedagogical=True),)}, NOT_MET),
	("3.4", "QC1", {"categories": {"QD1"}}, PERSON),
	(
		"3.6",
		"QC1",
		{"courses": (RETRAINED,), "service": (worked(4, pedagogical=True),), "categories": {"QC2"}},
		NOT_MET,
	),
	# "немесе" between the two requirements of a college: either is enough.
	("10.3", "QC1", {"education": (HIGHER, MASTER), "service": (worked(5, organisation="School"),)}, MET),
	(
		"10.3",
		"QC1",
		{"education": (HIGHER, MASTER), "service": (worked(5, organisation="Enterprise"),)},
		NOT_MET,
	),
	("10.3", "QC1", {"categories": {"QD2"}}, PERSON),
	# The last three years, without a break.
	("5.2", "QC1", {"courses": (RETRAINED,), "service": (worked(3, organisation="Special"),)}, MET),
	(
		"5.2",
		"QC1",
		{
			"courses": (RETRAINED,),
			"service": (Period(date(2010, 1, 1), date(2025, 12, 31), organisation="School"),),
		},
		NOT_MET,
	),
	# Town and village: three years or one; who worked in both without reaching either is for a person.
	("2.2", "QC1", {"education": (COLLEGE,), "service": (worked(1, rural=True, **PRESCHOOL),)}, MET),
	("2.2", "QC1", {"education": (COLLEGE,), "service": (worked(2, rural=False, **PRESCHOOL),)}, NOT_MET),
	("2.2", "QC1", {"education": (COLLEGE,), "service": (worked(3, rural=False, **PRESCHOOL),)}, MET),
	("2.2", "QC1", {"education": (COLLEGE,), "service": (worked(2, **PRESCHOOL),)}, PERSON),
	("4.7", "QC1", {"education": (PSYCHOLOGIST,)}, NOT_MET),
]


@clause("KZ92-4.4")
@pytest.mark.parametrize(("position", "category", "file", "result"), CASES)
def test_requirements_by_table(position, category, file, result):
	file = {**file, "categories": frozenset(file.get("categories", ()))}
	assert eligibility.judge(RULES[position], Record(TODAY, **file), category)[0] == result


@clause("KZ92-4.4")
def test_special_schools_ask_other_things_of_deputies():
	file = Record(TODAY, BOTH, (), (worked(5, pedagogical=True),), frozenset({"QC3"}))
	result, answers = eligibility.judge(RULES["3.4"], file, "QC1", special=True)
	assert (result, [one.item for one in answers]) == (MET, [4, 5])
	file = Record(TODAY, BOTH, (), (worked(3, pedagogical=True),), frozenset({"QC3"}))
	assert eligibility.judge(RULES["3.4"], file, "QC1", special=True)[0] == PERSON
	assert eligibility.judge(RULES["3.4"], file, "QC1")[0] == MET


def test_each_answer_names_its_requirement_and_what_was_found():
	file = Record(TODAY, BOTH, (), (worked(3, in_speciality=True),))
	_result, answers = eligibility.judge(RULES["3.10"], file, "QC4")
	assert [(one.item, one.result) for one in answers] == [(1, MET), (2, NOT_MET)]
	assert answers[1].steps[-1].found == Length(3, 0, 1)


# ---- the data


def requirements(rule: dict):
	for one in (rule, rule.get("special")):
		if one:
			yield one["entry"]
			yield from one.get("also", ())
			yield from (asked for many in one.get("categories", {}).values() for asked in many)


def leaves(node: dict):
	join = next((name for name in eligibility.JOINS if name in node), None)
	if join:
		for child in node[join]:
			yield from leaves(child)
	else:
		yield node


def test_every_position_of_the_service_has_its_requirements():
	service = {"DEP", "PSY", "SOC", "SPE", "AST", "CAR"}
	assert {code for code, one in POSITIONS.items() if one["role"] in service} == set(RULES) - {"2.2"}


@pytest.mark.parametrize("code", RULES)
def test_requirements_name_items_of_the_text_and_known_terms(code):
	items = len(POSITIONS[code]["requirements"])
	named = [asked["item"] for asked in requirements(RULES[code])]
	assert named and all(1 <= item <= items for item in named)
	for asked in requirements(RULES[code]):
		for leaf in leaves(asked["rule"]):
			assert sum(name in leaf for name in eligibility.LEAVES) == 1
			assert {*leaf.get("directions", ()), *leaf.get("category", ())} <= TERMS


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.get("categories")])
def test_years_of_service_are_those_of_the_text(code):
	"""Each number of years asked for a category stands in the words of the requirement it names."""
	texts = POSITIONS[code]["requirements"]
	for category, many in RULES[code]["categories"].items():
		for asked in many:
			for leaf in leaves(asked["rule"]):
				years = [leaf["service"]] if "service" in leaf else leaf.get("urban_rural", [])
				assert all(str(year) in texts[asked["item"] - 1] for year in years), (code, category)


@clause("KZ92-4.4")
def test_and_or_is_in_the_data_wherever_it_is_in_the_text():
	for code, rule in RULES.items():
		for asked in requirements(rule):
			text = POSITIONS[code]["requirements"][asked["item"] - 1]
			inside = text.removeprefix("және (немесе)")
			if "және (немесе)" in inside:
				assert "and_or" in json.dumps(asked["rule"]), code
			if text.startswith("және (немесе)"):
				assert asked["join"] == "and_or", code
			if text.startswith("немесе"):
				assert asked["join"] == "any", code


# ---- three values

values = st.lists(st.sampled_from([MET, NOT_MET, PERSON]), min_size=1, max_size=4)


@given(values)
def test_and_or_decides_only_what_both_readings_decide(results):
	got = eligibility.and_or(results)
	assert got == PERSON or got == eligibility.every(results) == eligibility.some(results)
	if len(set(results)) == 1:
		assert got == results[0]


# ---- categories


@clause("KZ92-4.4")
def test_categories_include_the_lower_ones_in_order():
	assert eligibility.with_lower("QC3") == ("QC1", "QC2", "QC3")
	assert eligibility.highest({"QC2", "QC4", "QD1"}) == "QC4"
	assert (eligibility.following(None), eligibility.following("QC4"), eligibility.following("QC5")) == (
		"QC2",
		"QC5",
		None,
	)


# ---- service

BEGIN = date(2015, 1, 1)


@st.composite
def periods(draw):
	first = draw(st.integers(0, 3000))
	last = draw(st.integers(first, first + 1500))
	return Period(BEGIN + timedelta(days=first), BEGIN + timedelta(days=last))


@given(st.lists(periods(), max_size=6))
def test_no_day_is_counted_twice(many):
	day = date(2026, 1, 1)
	days = {
		one.first + timedelta(days=n)
		for one in many
		for n in range((min(one.last, day) - one.first).days + 1)
	}
	assert sum((last - first).days + 1 for first, last in merged(many, day)) == len(days)
	assert length(many, day) == length([*many, *many], day)


@given(periods(), st.integers(1, 1500))
def test_a_period_cut_in_two_is_as_long_as_before(one, cut):
	middle = one.first + timedelta(days=cut)
	if middle <= one.last:
		halves = [Period(one.first, middle - timedelta(days=1)), Period(middle, one.last)]
		assert length(halves, one.last) == length([one], one.last)


@pytest.mark.parametrize(
	("first", "last", "expected"),
	[
		(date(2021, 9, 1), date(2023, 8, 31), Length(2, 0, 0)),
		(date(2023, 9, 1), date(2025, 8, 30), Length(1, 11, 30)),
		# A month counted from a day the next month lacks ends with that month.
		(date(2024, 1, 31), date(2024, 2, 27), Length(0, 0, 28)),
		(date(2024, 1, 31), date(2024, 2, 28), Length(0, 1, 0)),
		(date(2024, 2, 29), date(2025, 2, 28), Length(1, 0, 1)),
		(date(2025, 5, 5), date(2025, 5, 5), Length(0, 0, 1)),
	],
)
def test_length_in_years_months_and_days(first, last, expected):
	assert length([Period(first, last)], date(2026, 1, 1)) == expected


def test_odd_days_of_several_stretches_make_a_month():
	many = [Period(date(2025, 1, 1), date(2025, 1, 20)), Period(date(2025, 3, 1), date(2025, 3, 15))]
	assert length(many, date(2026, 1, 1)) == Length(0, 1, 5)


def test_last_years_are_worked_through_without_a_break():
	day = date(2026, 3, 1)
	whole = Period(date(2023, 3, 2))
	broken = [Period(date(2020, 1, 1), date(2024, 5, 31)), Period(date(2024, 6, 2))]
	assert worked_through([whole], 3, day) and not worked_through([whole], 4, day)
	assert not worked_through(broken, 3, day)
