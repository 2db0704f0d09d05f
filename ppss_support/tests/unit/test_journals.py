"""Which journals an entry belongs to, what they print of it, and their numbers in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support import number_words
from ppss_support.regulation import activities, journals
from ppss_support.regulation.finding import Finding
from ppss_support.regulation.journals import Tags, Volume, Work

clause = pytest.mark.clause
DIRECTIONS = st.sampled_from([None, *journals.DIRECTION_OF, *journals.JOURNAL_OF_DIRECTION, "DIR5", "ADIR5"])
WORK = st.builds(
	Work,
	kind=st.sampled_from(sorted(activities.KINDS)),
	direction=DIRECTIONS,
	form=st.sampled_from([None, *journals.FORM_OF]),
	client=st.sampled_from([None, *journals.GROUP_OF_CLIENT]),
	audience=st.sampled_from([None, "W1", "W2", "W3", "W4"]),
	theme=st.sampled_from([None, "OP1", "OP2", "OP3", "OP4"]),
	in_class=st.booleans(),
	pupils=st.integers(0, 30),
	people=st.frozensets(st.sampled_from(["W2", "W3"])),
)


def codes(findings) -> list[str]:
	return [one.code for one in findings]


def tags(**values) -> Tags:
	return journals.tags_of(Work(**{"kind": "CONSULTATION", **values}))


@clause("OVR-D1", "OVR-D2", "OVR-D3", "OVR-D4", "OVR-D5")
@clause("OVR-J1", "OVR-J2", "OVR-J3", "OVR-J4", "OVR-J5")
@pytest.mark.parametrize(
	("directions", "theme", "journal"),
	[
		(("DIR1", "ADIR1", "KDIR3", "OD1"), None, "J1"),
		(("KDIR1", "KDIR2", "OD2"), None, "J2"),
		(("DIR4", "ADIR3"), "OP2", "J2"),
		(("DIR3", "ADIR4", "KDIR4", "OD3"), None, "J3"),
		(("DIR2", "ADIR2", "KDIR5", "OD4"), None, "J4"),
		(("DIR4", "ADIR3", "OD5"), None, "J5"),
	],
)
def test_directions_of_every_regulation_have_their_journal(directions, theme, journal):
	for direction in directions:
		of_direction = set(journals.journals_of(tags(direction=direction, theme=theme))) & {
			"J1",
			"J2",
			"J3",
			"J4",
			"J5",
		}
		assert of_direction == {journal}, direction


@clause("OVR-J7", "OVR-J8")
@pytest.mark.parametrize(
	("values", "form", "journal"),
	[
		({"form": "SF1", "pupils": 3}, "Individual", "J7"),
		({"pupils": 1}, "Individual", "J7"),
		({"form": "SF2"}, "Group", "J8"),
		({"pupils": 2}, "Group", "J8"),
		({"in_class": True, "audience": "W1"}, "Class", "J8"),
		({"audience": "W2"}, "Joint Event", None),
	],
)
def test_individual_work_and_work_with_class_or_group(values, form, journal):
	found = tags(**values)
	assert found.form == form
	assert set(journals.journals_of(found)) & {"J7", "J8"} == ({journal} if journal else set())


@clause("OVR-W1", "OVR-W2", "OVR-W3", "OVR-W4", "OVR-J9")
@pytest.mark.parametrize(
	("values", "groups", "adults"),
	[
		({"client": "Learner", "people": frozenset({"W2"})}, {"W1"}, False),
		({"client": "Parent or Representative", "pupils": 1}, {"W2"}, True),
		({"client": "Pedagogue"}, {"W3"}, True),
		({"client": "Administration"}, {"W4"}, True),
		({"audience": "W4"}, {"W4"}, True),
		({"pupils": 2}, {"W1"}, False),
		({"pupils": 1, "people": frozenset({"W3"})}, {"W1", "W3"}, True),
		({"kind": "PARENT-CONTACT", "pupils": 1}, {"W1", "W2"}, True),
		({"kind": "METHODICAL"}, {"W3"}, True),
		({"kind": "OBSERVATION"}, {"W1"}, False),
	],
)
def test_work_groups_of_an_entry_and_the_journal_of_work_with_adults(values, groups, adults):
	found = tags(**values)
	assert found.groups == groups
	assert ("J9" in journals.journals_of(found)) == adults


@clause("ALM-5.8")
@pytest.mark.parametrize(
	("values", "work_kind"),
	[
		({"kind": "DIAGNOSTICS", "direction": "DIR1"}, "WK1"),
		({"kind": "TRAINING", "direction": "DIR3"}, "WK2"),
		({"kind": "ENLIGHTENMENT", "direction": "DIR4"}, "WK4"),
		({"kind": "ENVIRONMENT", "direction": "DIR5"}, "WK5"),
		({"kind": "METHODICAL", "direction": "DIR5"}, "WK6"),
		({"kind": "METHODICAL", "direction": "ADIR3"}, "WK6"),
		({"direction": "DIR2", "form": "SF1"}, "WK7"),
		({"direction": "DIR2", "form": "SF3"}, "WK8"),
	],
)
def test_nine_kinds_of_work(values, work_kind):
	assert tags(**values).work_kind == work_kind


@given(WORK)
def test_every_entry_has_a_group_a_form_and_one_place_in_each_journal(work):
	found = journals.tags_of(work)
	chosen = journals.journals_of(found)
	assert found.groups and found.form
	assert len(chosen) == len(set(chosen)) and set(chosen) < set(journals.JOURNALS)
	assert chosen[-1] == "AJ" and "J6" not in chosen
	assert len(set(chosen) & {"J1", "J2", "J3", "J4", "J5"}) == bool(found.direction)


@clause("OVR-J6")
def test_needs_are_put_to_the_psychologist():
	assert journals.journals_of_request({"PSY"}) == ("J6", "AJ")
	assert journals.journals_of_request({"SOC", "TCH"}) == ()


@clause("OVR-P1")
def test_what_is_confidential_is_named_and_not_told():
	assert journals.by_reference("DIAGNOSTICS", False, None)
	assert journals.by_reference("CONSULTATION", True, None)
	assert journals.by_reference("ENLIGHTENMENT", False, "OP1")
	assert not journals.by_reference("CONSULTATION", False, "OP2")
	assert [journals.nobody_named(theme) for theme in ("OP1", "OP2", None)] == [True, False, False]


# ---- volumes


@clause("ALM-5.8")
def test_registration_journal_is_certified_first():
	volumes = [Volume("V1", "J1", True), Volume("V2", "AJ", False)]
	assert journals.certified_first(True, volumes) == [Finding.warn("M50")]
	assert journals.certified_first(True, []) == [Finding.warn("M50")]
	assert journals.certified_first(True, [Volume("V2", "AJ", True)]) == []
	assert journals.certified_first(False, volumes) == []
	assert journals.feature_of("AJ") == "certified_journal"
	assert {journals.feature_of(one) for one in journals.JOURNALS[:-1]} == {"nine_journals"}


@clause("OVR-S2")
def test_plan_stands_before_the_work_begins():
	assert journals.planned_first(True, False, "2026-2027") == [Finding.warn("A134", "2026-2027")]
	assert (
		journals.planned_first(True, True, "2026-2027")
		== journals.planned_first(False, False, "2026-2027")
		== []
	)


def test_one_volume_at_a_time_of_one_year_with_its_sheets():
	assert codes(journals.one_volume(["V1"], "J1")) == ["A130"]
	assert journals.one_volume([], "J1") == []
	assert codes(journals.sheets_counted(None)) == codes(journals.sheets_counted(0)) == ["A131"]
	assert journals.sheets_counted(48) == []
	first, last = date(2026, 9, 1), date(2027, 5, 25)
	assert journals.opened_in_year(first, first, last, "2026-2027") == []
	assert codes(journals.opened_in_year(date(2026, 8, 31), first, last, "2026-2027")) == ["A132"]


# ---- in words


@clause("ALM-5.8")
@pytest.mark.parametrize(
	("number", "lang", "words"),
	[
		(1, "kk", "1 (бір) парақ"),
		(24, "kk", "24 (жиырма төрт) парақ"),
		(100, "kk", "100 (жүз) парақ"),
		(1245, "kk", "1245 (мың екі жүз қырық бес) парақ"),
		(1, "ru", "1 (один) лист"),
		(12, "ru", "12 (двенадцать) листов"),
		(24, "ru", "24 (двадцать четыре) листа"),
		(111, "ru", "111 (сто одиннадцать) листов"),
		(2001, "ru", "2001 (две тысячи один) лист"),
		(96, "ky", "96 (токсон алты) барак"),
		(119, "en", "119 (one hundred nineteen) sheets"),
		(7, "fr", "7 (жеті) парақ"),
	],
)
def test_sheets_in_figures_and_words(number, lang, words):
	assert number_words.sheets(number, lang) == words


@given(st.integers(1, 9999), st.sampled_from(["kk", "ru", "ky", "en"]), st.integers(1, 9999))
def test_each_number_has_words_of_its_own(number, lang, other):
	words = number_words.in_words(number, lang)
	assert words == " ".join(words.split()) != ""
	assert (words == number_words.in_words(other, lang)) == (number == other)
