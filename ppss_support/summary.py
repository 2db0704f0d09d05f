"""Help given and conditions provided to one child in a school year, on the form of the case and in a referral (KZ92-7)."""

from frappe import _

from ppss_support import activity_facts, facts, lesson_facts
from ppss_support.answers import label_text, text_of
from ppss_support.notices import day_text
from ppss_support.regulation import activities
from ppss_support.regulation.finding import Label

PEDAGOGUES, FAMILY = "Pedagogue", "Parent or Representative"


def summary_of(case) -> dict:
	"""Return consultations by client, conditions with whether they are provided, and what is missing.

	Only counts and codes of terms: the entries themselves are read where the reader may.
	"""
	given = activity_facts.consultations_by_client(case.learner, case.school_year)
	found = activities.helped_in_year(given[PEDAGOGUES], given[FAMILY])
	return {
		"help": [
			{"title": _("Consultations to pedagogues"), "count": given[PEDAGOGUES]},
			{"title": _("Consultations to the family"), "count": given[FAMILY]},
		],
		"conditions": conditions_of(case),
		"warnings": [text_of(finding) for finding in found],
	}


def conditions_of(case) -> list[dict]:
	"""Special conditions of the assessment and contents of the programmes, each provided or not (KZ92-7.3, KZ92-2.1)."""
	had = set(activity_facts.provided(case.learner))
	required = activity_facts.conditions_required(facts.concluded_assessment(case.learner))
	lines = [(code, provided or code in had) for code, provided in required]
	planned = activity_facts.contents_planned(case.learner, case.school_year)
	given = activity_facts.contents_given(case.learner, case.school_year) if planned else set()
	lines += [(code, code in given) for code in planned]
	return [{"code": code, "title": label_text(Label(code)), "provided": bool(done)} for code, done in lines]


def support_given(learner: str | None, school_year: str | None, lang: str) -> str:
	"""Return in words what the child was given in the year: lessons by each kind of programme, consultations."""
	titles = {
		"IDP": _("Individual-development programme", lang),
		"CDP": _("Correction-development programme", lang),
		"ICP": _("Individual curriculum and programme", lang),
	}
	lines = [
		_("{0}, from {1}: lessons held {2}", lang).format(titles[kind], day_text(first), held)
		for kind, (first, held) in lesson_facts.lessons_by_kind(learner, school_year).items()
	]
	lines += [
		_("Consultations ({0}): {1}", lang).format(_(client, lang).lower(), count)
		for client, count in activity_facts.consultations_by_client(learner, school_year).items()
		if client
	]
	return "\n".join(lines)
