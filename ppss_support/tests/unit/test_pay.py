"""Pay to the tyiyn: the worked examples of docs/payroll.md, and what holds for every sheet (ALM-21)."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppss_support.regulation import pay
from ppss_support.regulation.pay import Appointment, CategoryHeld, Days, Month, Parameter, Person

DOCS = Path(__file__).parents[3] / "docs" / "payroll.md"
SEPTEMBER, OCTOBER, FEBRUARY = date(2025, 9, 1), date(2025, 10, 1), date(2026, 2, 1)


def param(kind: str, value: str, first: date = SEPTEMBER, **conditions) -> Parameter:
	return Parameter(kind, Decimal(value), first, **conditions)


def held(units: str, first: date = SEPTEMBER, last: date | None = None, position: str = "SPE", **values):
	return Appointment("one", position, Decimal(units), first, last, **values)


def oct_day(day: int) -> date:
	return date(2025, 10, day)


# The parameters of docs/payroll.md: invented for the examples, of no act.
PARAMETERS = (
	param(pay.BASE, "17697"),
	param(pay.DAYS_A_WEEK, "5"),
	param(pay.WORKING_DAY, "0", oct_day(27)),
	param(pay.COEFFICIENT, "4.10", position="SPE"),
	param(pay.COEFFICIENT, "4.45", position="SPE", category="QC3"),
	param(pay.COEFFICIENT, "4.22", position="PSY"),
	param(pay.COEFFICIENT, "3.25", position="AST"),
	param(pay.CATEGORY_SURCHARGE, "35", category="QC3"),
)
BY_ASSIGNMENT = param(pay.BY_ASSIGNMENT, "1", position="AST")
NEW_BASE = param(pay.BASE, "18000", OCTOBER)
BASE_IN_MID_MONTH = param(pay.BASE, "18000", oct_day(16))
SERVICE = param(pay.COEFFICIENT, "4.25", position="SPE", service=5)
EXPERT = Person("one", categories=(CategoryHeld("QC3", date(2020, 10, 16), oct_day(15)),))
ASSISTANT = Person("one", assigned=(Days(SEPTEMBER, date(2025, 9, 28)),))
TEACHER = Person("one", held={oct_day(3): 90, oct_day(20): 120})
SERVED = Person("one", service=((oct_day(20), 5),))
ALONE = Person("one")


def month_of(day: date, appointments, person: Person = ALONE, more=()) -> pay.Result:
	result = pay.monthly(Month.of(day), {"one": person}, appointments, (*PARAMETERS, *more))
	assert not result.findings
	return result


EXAMPLES = {
	"full unit": (OCTOBER, [held("1")], ALONE, (), "72557.70"),
	"half unit": (OCTOBER, [held("0.5")], ALONE, (), "36278.85"),
	"half a tyiyn goes up": (OCTOBER, [held("0.25")], ALONE, (), "18139.43"),
	"change in mid-month": (
		OCTOBER,
		[held("0.5", last=oct_day(14)), held("1", oct_day(15))],
		ALONE,
		(),
		"16490.38 39576.93",
	),
	"two positions": (OCTOBER, [held("0.5"), held("0.5", position="PSY")], ALONE, (), "37340.67 36278.85"),
	"expired category": (OCTOBER, [held("1")], EXPERT, (), "13781.54 39375.83 36278.85"),
	"assistant for half a quarter": (
		SEPTEMBER,
		[held("1", position="AST")],
		ASSISTANT,
		(BY_ASSIGNMENT,),
		"52286.59",
	),
	"assistant without a child": (OCTOBER, [held("1", position="AST")], ASSISTANT, (BY_ASSIGNMENT,), "0.00"),
	"combination": (
		OCTOBER,
		[held("1", position="PSY"), held("0.5", combined=True)],
		ALONE,
		(param(pay.COMBINATION, "50"),),
		"74681.34 18139.43",
	),
	"half a unit given up": (
		OCTOBER,
		[held("1"), held("0.5", last=oct_day(15))],
		ALONE,
		(),
		"18139.43 72557.70",
	),
	"February": (FEBRUARY, [held("1", date(2026, 2, 9))], ALONE, (), "54418.28"),
	"retroactive base rate": (OCTOBER, [held("1")], ALONE, (NEW_BASE,), "73800.00"),
	"base rate in mid-month": (OCTOBER, [held("1")], ALONE, (BASE_IN_MID_MONTH,), "36278.85 36900.00"),
	"hours held": (
		OCTOBER,
		[held("1")],
		TEACHER,
		(param(pay.HOURS, "80", position="SPE"),),
		"3174.40",
	),
	"surcharge of the base rate": (
		OCTOBER,
		[held("1")],
		ALONE,
		(param(pay.OF_BASE, "40", title="Зиян"),),
		"72557.70 7078.80",
	),
	"five years of service": (OCTOBER, [held("1")], SERVED, (SERVICE,), "42875.00 30768.65"),
}


@pytest.mark.clause("ALM-21")
@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_example(name):
	month, appointments, person, more, amounts = EXAMPLES[name]
	result = month_of(month, appointments, person, more)
	assert sorted(map(str, (part.amount for part in result.parts))) == sorted(amounts.split())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_document_shows_each_figure(name):
	text = DOCS.read_text(encoding="utf-8").replace("\xa0", " ")
	for amount in EXAMPLES[name][-1].split():
		assert f"{Decimal(amount):,.2f}".replace(",", " ") in text, amount


def test_a_retroactive_change_gives_the_difference_to_pay():
	before = month_of(OCTOBER, [held("1")]).totals_by("specialist")
	after = month_of(OCTOBER, [held("1")], more=(NEW_BASE,)).totals_by("specialist")
	assert pay.differences(before, after) == {("one",): Decimal("1242.30")}
	assert pay.differences(before, before) == {}


def test_each_figure_names_its_parameters_with_their_dates():
	part = month_of(OCTOBER, [held("1")], more=(BASE_IN_MID_MONTH,)).parts[1]
	assert [(p.kind, p.value, p.first) for p in part.parameters] == [
		(pay.BASE, Decimal(18000), oct_day(16)),
		(pay.COEFFICIENT, Decimal("4.10"), SEPTEMBER),
	]
	assert (part.first, part.last, part.worked, part.norm) == (oct_day(16), oct_day(31), 11, 22)


def test_tariff_list_takes_a_full_month_on_the_terms_of_the_day():
	people, appointments = {"one": EXPERT}, [held("0.5"), held("1", oct_day(16))]
	on_15 = pay.tariff(oct_day(15), people, appointments, PARAMETERS)
	assert [str(part.amount) for part in on_15.parts] == ["13781.54", "39375.83"]
	on_16 = pay.tariff(oct_day(16), people, appointments, PARAMETERS)
	assert on_16.total == Decimal("108836.55")


MISSING = [
	pytest.param(PARAMETERS[1:], "A111", id="no-base-rate"),
	pytest.param([p for p in PARAMETERS if p.kind != pay.DAYS_A_WEEK], "A111", id="no-week"),
	pytest.param([p for p in PARAMETERS if p.position != "SPE"], "A112", id="no-coefficient"),
	pytest.param([*PARAMETERS, param(pay.COEFFICIENT, "0", oct_day(1), position="SPE")], "A112", id="ended"),
	pytest.param(
		[*PARAMETERS, param(pay.COEFFICIENT, "5", education="Higher")],
		"A113",
		id="two-fit-equally",
	),
]


@pytest.mark.parametrize(("parameters", "code"), MISSING)
def test_what_cannot_be_computed_is_named(parameters, code):
	person = Person("one", education="Higher")
	result = pay.monthly(Month.of(OCTOBER), {"one": person}, [held("1")], parameters)
	assert {finding.code for finding in result.findings} == {code}
	assert not result.parts


SOUND = [
	pytest.param(param(pay.BASE, "-1"), True, id="negative"),
	pytest.param(param(pay.WORKING_DAY, "2"), True, id="switch"),
	pytest.param(param(pay.DAYS_A_WEEK, "8"), True, id="week"),
	pytest.param(param(pay.OF_SALARY, "10"), True, id="surcharge-for-nothing"),
	pytest.param(param(pay.CATEGORY_SURCHARGE, "10"), True, id="no-category"),
	pytest.param(param(pay.OF_SALARY, "10", title="Зиян"), False, id="surcharge"),
	pytest.param(param(pay.WORKING_DAY, "1"), False, id="working-saturday"),
]


@pytest.mark.parametrize(("parameter", "refused"), SOUND)
def test_values_a_kind_can_have(parameter, refused):
	assert [finding.code for finding in pay.value_sound(parameter)] == (["A119"] if refused else [])


TOUCHED = [
	pytest.param(None, held("1", oct_day(5)), (oct_day(5), date.max), id="new"),
	pytest.param(held("1"), held("1", last=oct_day(9)), (oct_day(10), date.max), id="ended"),
	pytest.param(held("1"), held("0.5"), (SEPTEMBER, date.max), id="other-units"),
	pytest.param(held("1"), held("1", oct_day(2)), (SEPTEMBER, oct_day(1)), id="begun-later"),
	pytest.param(held("1"), held("1"), None, id="nothing"),
]


@pytest.mark.parametrize(("before", "after", "days"), TOUCHED)
def test_days_a_change_touches(before, after, days):
	touched = pay.days_touched(before, after)
	assert (touched and (touched.first, touched.last)) == days


def test_closed_months_are_named():
	closed = [Month.of(OCTOBER), Month.of(FEBRUARY)]
	assert [f.params[1] for f in pay.in_closed_month("x", SEPTEMBER, None, closed)] == ["10.2025", "02.2026"]
	assert pay.in_closed_month("x", date(2025, 11, 1), date(2026, 1, 31), closed) == []


# ---- what holds for every sheet

units = st.sampled_from([Decimal(n) / 4 for n in range(1, 7)])
values = st.decimals("0.01", "9.99", places=2)
days_of_october = st.integers(1, 31).map(oct_day)


@st.composite
def schools(draw):
	"""A person with a category, parameters that change in the month, and appointments of two positions."""
	more = [
		param(pay.COEFFICIENT, str(draw(values)), draw(days_of_october), position=position)
		for position in draw(st.lists(st.sampled_from(["SPE", "PSY"]), max_size=3))
	]
	more += [
		param(pay.OF_SALARY, str(draw(values)), title="a"),
		param(pay.OF_BASE, str(draw(values)), title="b"),
	]
	if draw(st.booleans()):
		more.append(param(pay.HOURS, str(draw(values)), position="PSY"))
	categories = (CategoryHeld("QC3", SEPTEMBER, draw(days_of_october)),)
	minutes = draw(st.dictionaries(days_of_october, st.integers(1, 300), max_size=5))
	appointments = [
		held(str(draw(units)), first, first + timedelta(days=draw(st.integers(0, 40))), position=position)
		for first, position in draw(
			st.lists(st.tuples(days_of_october, st.sampled_from(["SPE", "PSY"])), min_size=1, max_size=3)
		)
	]
	return appointments, Person("one", categories=categories, held=minutes), more


@settings(max_examples=40)
@given(schools())
def test_the_sum_of_the_parts_is_the_whole(made):
	result = month_of(OCTOBER, *made)
	for fields in (("component",), ("specialist", "position"), ("component", "title", "first")):
		assert sum(result.totals_by(*fields).values(), Decimal(0)) == result.total
	assert all(part.amount == pay.to_tyiyn(part.amount) >= 0 for part in result.parts)


@settings(max_examples=40)
@given(schools())
def test_a_component_differs_from_its_exact_value_by_half_a_tyiyn_at_most(made):
	result = month_of(OCTOBER, *made)
	exact: dict = {}
	for part in result.parts:
		above, below = part.exact
		exact[part.group] = exact.get(part.group, Decimal(0)) + above / below
		assert abs(part.amount - above / below) < pay.TYIYN
	for group, total in exact.items():
		rounded = sum(part.amount for part in result.parts if part.group == group)
		assert abs(rounded - total) <= pay.TYIYN / 2 + Decimal("1e-15")


@settings(max_examples=40)
@given(schools(), days_of_october, st.data())
def test_dividing_an_appointment_by_days_or_by_units_changes_no_total(made, day, data):
	appointments, person, more = made
	one, *others = appointments
	if data.draw(st.booleans()):
		first, last = day, one.last + timedelta(days=1)
		begin = max(one.first, min(first, last))
		pieces = [(one.units, one.first, begin - timedelta(days=1)), (one.units, begin, one.last)]
	else:
		part = one.units * data.draw(st.sampled_from([Decimal("0.5"), Decimal("0.2")]))
		pieces = [(part, one.first, one.last), (one.units - part, one.first, one.last)]
	divided = [
		held(str(part), first, last, position=one.position) for part, first, last in pieces if first <= last
	]
	whole = month_of(OCTOBER, appointments, person, more).totals_by("position", "component", "title")
	parts = month_of(OCTOBER, [*divided, *others], person, more).totals_by("position", "component", "title")
	assert whole == parts
