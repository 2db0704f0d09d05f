"""Acts the order repealed, and the texts that cite them: pure rules."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppss_support.regulation
from ppss_support.regulation import repealed
from ppss_support.regulation.repealed import MONTHS, Repealed

DATA = Path(ppss_support.regulation.__file__).parents[1] / "data" / "profiles.json"
ORDER92 = next(p for p in json.loads(DATA.read_text(encoding="utf-8")) if p["code"] == "KZ92")
EFFECTIVE = date.fromisoformat(ORDER92["effective_from"])
ACTS = [Repealed(act["number"], date.fromisoformat(act["date"]), act["part"]) for act in ORDER92["replaces"]]
clause = pytest.mark.clause
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def found(text: str, day: date = EFFECTIVE) -> list[tuple[str, bool]]:
	findings = repealed.basis_in_force(text, day, EFFECTIVE, ACTS)
	return [(finding.code, finding.warning) for finding in findings]


REFUSED, IN_PART, DOUBTFUL = [("M55", False)], [("A79", True)], [("A80", True)]


@pytest.mark.parametrize(
	("text", "expected"),
	[
		pytest.param("2022 жылғы 12 қаңтардағы № 6 бұйрық", REFUSED, marks=clause("KZ92-R.1")),
		pytest.param("приказ от 12.01.2022 №6", REFUSED, marks=clause("KZ92-R.1")),
		pytest.param("2023 жылғы 29 қыркүйектегі № 300 бұйрық", IN_PART, marks=clause("KZ92-R.2")),
		pytest.param("приказ № 165 от 28 июня 2024 года", IN_PART, marks=clause("KZ92-R.3")),
		pytest.param("2022 жылғы 25 тамыздағы № 377 бұйрық", REFUSED, marks=clause("KZ92-R.4")),
		pytest.param("No 377, 2022-08-25", REFUSED, marks=clause("KZ92-R.4")),
		pytest.param("29.06.2023 № 186 бұйрық", IN_PART, marks=clause("KZ92-R.5")),
		("2022 жылғы № 6 бұйрық", DOUBTFUL),
		# Another act of the same number and year.
		("2022 жылғы 15 наурыздағы № 6 бұйрық", []),
		("2025 жылғы 29 сәуірдегі № 92 бұйрық", []),
		("2022 жылғы 12 қаңтардағы № 61 бұйрық", []),
		("Отбасының өтініші", []),
	],
)
@clause("KZ92-0.2")
def test_what_cites_a_repealed_act_is_refused_or_warned_of(text, expected):
	assert found(text) == expected
	assert found(text, EFFECTIVE - timedelta(days=1)) == []


@clause("KZ92-0.2")
@given(days)
def test_a_date_is_read_however_it_is_written(day):
	kazakh, russian = MONTHS[day.month - 1][:2]
	written = (
		f"{day:%d.%m.%Y}",
		f"{day:%Y-%m-%d}",
		f"{day.year} жылғы {day.day} {kazakh}дағы",
		f"{day.year}-жылдын {day.day}-{russian}ындагы",
		f"от {day.day} {russian}я {day.year} года",
	)
	assert [set(repealed.dates_in(f"{text} № 6 бұйрық")) for text in written] == [{day}] * len(written)


def test_figures_that_are_no_date_are_passed_over():
	assert list(repealed.dates_in("32.13.2024, 2024-13-01, 2024 жылғы 45 бала, 12 бала 2024")) == []
