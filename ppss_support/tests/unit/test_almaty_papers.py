"""Papers of the service, and what is given to it: rules by example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation import activities, documents, service_papers
from ppss_support.regulation.finding import Finding

clause = pytest.mark.clause
PLAN = service_papers.DIAGNOSTICS_PLAN
grade = st.integers(0, 12)


@clause("ALM-19.6")
@given(grade, st.integers(0, 11), st.lists(grade))
def test_years_amiss_are_those_without_diagnostics_and_those_beyond_the_period(first, years, grades):
	period = range(first, first + years + 1)
	found = service_papers.whole_period(PLAN, first, first + years, grades)
	amiss = {number for number in range(30) if (number in period) != (number in grades)}
	assert bool(found) == bool(amiss)
	if found:
		assert found == [Finding.of("A97", first, first + years, ", ".join(map(str, sorted(amiss))))]
	assert service_papers.whole_period("AL3", first, first + years, grades) == []


@clause("ALM-6")
@pytest.mark.parametrize(
	("kind", "wanted", "body", "warned"),
	[
		("ANALYSIS", True, None, True),
		("ANALYSIS", True, "Білім басқармасы", False),
		("ANALYSIS", False, None, False),
		("COUNCIL", True, None, False),
	],
)
def test_form_of_a_report_is_approved_by_somebody_named(kind, wanted, body, warned):
	assert activities.form_approved(kind, wanted, body) == ([Finding.warn("A76")] if warned else [])


@clause("ALM-22.4")
def test_means_handed_over_have_a_keeper():
	assert [one.code for one in activities.handed_over("2026-11-21", None, "Responsible")] == ["A21"]
	assert (
		activities.handed_over("2026-11-21", "S1", "Responsible")
		== activities.handed_over(None, None, "")
		== []
	)


@clause("OVR-F1", "OVR-F5")
@pytest.mark.parametrize(
	("kind", "missing"),
	[(documents.METHOD, []), (documents.NORMATIVE, ["File"]), (documents.MATERIAL, ["Direction", "File"])],
)
def test_papers_of_the_library_state_what_their_kind_needs(kind, missing):
	labels = {"direction": "Direction", "file": "File"}
	assert [str(one.params[0]) for one in documents.library_complete(kind, {}, labels)] == missing
	assert documents.library_complete(kind, {"direction": "OD1", "file": "x"}, labels) == []
