"""B.10: referral to a Psychological Support Centre."""

import frappe
import pytest
from frappe.utils import getdate

from ppss_support.tests import log, support
from ppss_support.tests.factories import School, day, take
from ppss_support.tests.guards import (
	Change,
	Create,
	Press,
	check_no_buttons,
	check_ok,
	check_refused,
	fresh,
	may_not,
	state_of,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
DOCTYPE = "PPSS Referral"
ADMINISTRATION = "With administration"
ANSWERED = {"answered_on": "2026-01-10", "answer_text": "Қабылданды"}
RESULT = {"result_date": "2026-01-20", "result_text": "Нәтиже", "recommendations": "Ұсыным"}


def child(school):
	return school.kept("child", School.child)


def referral(state="Draft", of=child, **values):
	"""Return a maker of a referral of a child kept for all, or made by `of`."""
	return lambda school: school.referral(
		of(school), state, **{k: v(school) if callable(v) else v for k, v in values.items()}
	)


def of_parent(state="Draft", of=child, subject="Parent or Representative", **values):
	def make_it(school):
		learner = of(school)
		parent = learner.representatives[0].representative
		return referral(state, lambda _s: learner, subject=subject, representative=parent, **values)(school)

	return make_it


def of_both(state="Draft", of=child, **values):
	return of_parent(state, of, "Both", **values)


def without_consent(school):
	return school.referral(school.child(consent=False))


def after_withdrawal(school):
	learner = school.child()
	school.withdraw(frappe.get_doc("PPSS Consent", {"learner": learner.name}))
	return school.referral(learner)


def not_of_the_register(school):
	title = f"Орталық {school.tag}"
	if not frappe.db.exists("PPSS Support Centre", title):
		school.centre(title, local_executive_body="")
	return title


def another_centre(school):
	return school.centre(f"Екінші орталық {school.tag}")


def closed_centre(school):
	title = f"Жабық орталық {school.tag}"
	if not frappe.db.exists("PPSS Support Centre", title):
		school.centre(title, active=0)
	return title


# A decision goes to the referral on the agenda: it must be the only one of its child.
new_child = School.child
draft = referral(of=new_child)


def decided(maker=draft, **values):
	"""Return a maker of a referral on the agenda beside which an adopted decision is named."""
	return lambda school: school.write_decision(
		maker(school), **{k: v(school) if callable(v) else v for k, v in values.items()}
	)


def decision_not_adopted(school):
	paper = referral("On meeting agenda")(school)
	rows = ({"kind": "DK2", "learner": paper.learner, "centre": paper.centre},)
	held = school.meeting("Held", decisions=rows)
	with school.acting("DEP"):
		paper.update({"meeting": held.name, "decision_no": 1})
		return paper.save()


def decision_about_another_child(school):
	return school.write_decision(referral()(school), learner=school.child().name)


def rest_on(paper, decided_paper):
	"""Write into a paper on the agenda the decision that has decided another one."""
	return support.take_in(paper, meeting=decided_paper.meeting, decision_no=decided_paper.decision_no)


def decision_of_another_referral(school):
	first = referral(ADMINISTRATION)(school)
	second = referral("On meeting agenda")(school)
	with school.acting("DEP"):
		return rest_on(second, first)


def decision_on_the_parent_of_another_child(school):
	"""One decision on a parent of two children; it has decided the referral that names the first child."""
	first, second = school.child(), school.child()
	kin = first.representatives[0]
	second.append(
		"representatives", {f: kin.get(f) for f in ("representative", "relation", "is_legal_representative")}
	)
	second.save()
	values = {"subject": "Parent or Representative", "representative": kin.representative}
	meeting = school.meeting(
		decisions=({"kind": "DK2", "representative": kin.representative, "centre": school.centre()},)
	)
	papers = [school.referral(learner, "On meeting agenda", **values) for learner in (first, second)]
	with school.acting("DEP"):
		papers = [support.take_in(paper, meeting=meeting.name, decision_no=1) for paper in papers]
		take(papers[0], "Decision Made")
	return papers[1]


def decision_elsewhere(**values):
	"""Return a maker of a decided referral whose meeting was of another school or year."""

	def make_it(school):
		paper = decided()(school)
		frappe.db.set_value("PPSS Meeting", paper.meeting, values)
		return paper

	return make_it


def returned(school):
	paper = referral(ADMINISTRATION)(school)
	with school.acting("HEAD"):
		return take(paper, "Return", "Толықтыру керек")


def returned_without_decision(school):
	paper = returned(school)
	with school.acting("PSY"):
		paper.decision_no = 7
		return paper.save()


def sent_and(**values):
	"""Return a maker of a sent referral on which the deputy has written these values."""

	def make_it(school):
		paper = referral("Sent")(school)
		with school.acting("DEP"):
			paper.update(values)
			return paper.save()

	return make_it


def accepted_and(**values):
	def make_it(school):
		paper = sent_and(**ANSWERED)(school)
		with school.acting("PSY"):
			paper = take(paper, "Record Acceptance")
			paper.update(values)
			return paper.save()

	return make_it


def with_result_and(**values):
	def make_it(school):
		paper = accepted_and(**RESULT)(school)
		with school.acting("PSY"):
			paper = take(paper, "Record Result")
		with school.acting("DEP"):
			paper.update(values)
			return paper.save()

	return make_it


def declined_and(**values):
	def make_it(school):
		paper = sent_and(**ANSWERED, **values)(school)
		with school.acting("DEP"):
			return take(paper, "Record Refusal of the Centre", "Бас тартты")

	return make_it


AGENDA = [
	param(
		Press("DEP", "Put on Agenda", referral(), "On meeting agenda"),
		id="agenda",
		marks=clause("KZ92-15.1", "KZ92-11.1"),
	),
	param(
		Press("DEP", "Put on Agenda", without_consent, codes="M01"),
		id="no-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Put on Agenda", after_withdrawal, codes="M03"),
		id="withdrawn",
		marks=clause("KZ92-11.1"),
	),
	param(
		Press("DEP", "Put on Agenda", referral(centre=not_of_the_register), codes="M34"),
		id="centre-of-nobody",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Put on Agenda", referral(centre=closed_centre), codes="M34"),
		id="centre-closed",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Put on Agenda", referral(support_given=""), codes="A21"),
		id="support-not-described",
		marks=clause("KZ92-15.1"),
	),
	param(Press("PSY", "Put on Agenda", referral(), codes="A02"), id="agenda-by-psychologist"),
	param(Press("HEAD", "Put on Agenda", referral(), codes="A02"), id="agenda-by-head"),
]
DECIDE = [
	param(Press("DEP", "Decision Made", decided(), ADMINISTRATION), id="decided", marks=clause("KZ92-15.1")),
	param(
		Press("DEP", "Decision Made", decided(of_both(of=new_child)), ADMINISTRATION),
		id="decided-about-both",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Decision Made", referral("On meeting agenda"), codes="M32"),
		id="no-decision",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Decision Made", decision_not_adopted, codes="M32"),
		id="decision-not-adopted",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Decision Made", decision_about_another_child, codes="M32"),
		id="about-another-child",
		marks=clause("KZ92-15.1"),
	),
	param(Press("DEP", "Decision Made", decided(kind="DK9"), codes="M32"), id="decision-of-another-kind"),
	*(
		param(
			Press("DEP", "Decision Made", maker, codes="M32"),
			id=maker.__name__.replace("_", "-"),
			marks=clause("KZ92-15.1"),
		)
		for maker in (decision_of_another_referral, decision_on_the_parent_of_another_child)
	),
	*(
		param(
			Press("DEP", "Decision Made", decision_elsewhere(**{field: "2001"}), codes="M32"),
			id=f"decision-of-another-{field}",
			marks=clause("KZ92-15.1"),
		)
		for field in ("organisation", "school_year")
	),
	param(
		Press("DEP", "Decision Made", decided(centre=another_centre), codes="M32"),
		id="decision-of-another-centre",
		marks=clause("KZ92-15.1"),
	),
	param(Press("DEP", "Decision Made", decided(outcome="Rejected"), codes="M32"), id="decision-rejected"),
	param(
		Press("DEP", "Decision Made", decided(of_parent(of=new_child), representative=None), codes="M32"),
		id="parent-not-named",
		marks=clause("KZ92-15.1"),
	),
	param(Press("PSY", "Decision Made", decided(), codes="A02"), id="decided-by-psychologist"),
	param(Press("DEP", "Decision Negative", decided(outcome="Rejected"), "Not supported"), id="negative"),
	param(
		Press("DEP", "Decision Negative", decided(outcome="Rejected"), codes="M42", reason=None),
		id="negative-without-reason",
	),
	param(Press("DEP", "Decision Negative", decided(), codes="M32"), id="negative-against-the-decision"),
	param(
		Press("DEP", "Decision Negative", referral("On meeting agenda"), codes="M32"),
		id="negative-without-decision",
	),
]
SEND = [
	param(Press("HEAD", "Send", referral(ADMINISTRATION), "Sent"), id="send", marks=clause("KZ92-15.1")),
	param(
		Press("HEAD", "Send", of_both(ADMINISTRATION, representative_agreed_on=lambda _s: day(-3)), "Sent"),
		id="send-both",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("DEP", "Send", referral(ADMINISTRATION), codes="M33"),
		id="send-by-deputy",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("HEAD", "Send", of_parent(ADMINISTRATION), codes="M66"),
		id="parent-not-asked",
		marks=clause("KZ92-15.1"),
	),
	param(
		Press("HEAD", "Send", of_both(ADMINISTRATION), codes="M66"),
		id="both-not-asked",
		marks=clause("KZ92-15.1"),
	),
	param(Press("PSY", "Send", referral(ADMINISTRATION), codes="A02"), id="send-by-psychologist"),
	param(Press("ADM", "Send", referral(ADMINISTRATION), codes="A02"), id="send-by-registrar"),
	param(Press("HEAD", "Return", referral(ADMINISTRATION), "Returned"), id="return"),
	param(
		Press("HEAD", "Return", referral(ADMINISTRATION), codes="M42", reason=None),
		id="return-without-reason",
	),
	param(Press("DEP", "Return", referral(ADMINISTRATION), codes="M04"), id="return-by-deputy"),
	param(Press("DEP", "Resubmit", returned, ADMINISTRATION), id="resubmit", marks=clause("KZ92-15.1")),
	param(
		Press("DEP", "Resubmit", returned_without_decision, codes="M32"),
		id="resubmit-undecided",
		marks=clause("KZ92-15.1"),
	),
	param(Press("PSY", "Resubmit", returned, codes="A02"), id="resubmit-by-psychologist"),
	param(Press("HEAD", "Recall", referral("Sent"), "Cancelled"), id="recall"),
	param(Press("HEAD", "Recall", referral("Sent"), codes="M42", reason=None), id="recall-without-reason"),
	param(Press("DEP", "Recall", referral("Sent"), codes="M04"), id="recall-by-deputy"),
]
ANSWER = [
	param(
		Press("DEP", "Record Acceptance", sent_and(**ANSWERED), "Accepted"),
		id="accept",
		marks=clause("KZ92-15.2"),
	),
	param(Press("PSY", "Record Acceptance", sent_and(**ANSWERED), "Accepted"), id="accept-by-psychologist"),
	param(
		Press("DEP", "Record Acceptance", sent_and(answer_text="Қабылданды"), codes="M42"),
		id="answer-undated",
		marks=clause("KZ92-15.2"),
	),
	param(
		Press("DEP", "Record Acceptance", sent_and(answered_on="2026-01-10"), codes="M42"), id="answer-empty"
	),
	param(
		Press("DEP", "Record Refusal of the Centre", sent_and(**ANSWERED), "Declined by Centre"),
		id="declined",
	),
	param(
		Press("DEP", "Record Refusal of the Centre", referral("Sent"), codes="M42"),
		id="declined-without-answer",
	),
	param(
		Press("SOC", "Record Acceptance", sent_and(**ANSWERED), codes="A02"), id="accept-by-social-pedagogue"
	),
	param(
		Press("PSY", "Record Result", accepted_and(**RESULT), "Result received"),
		id="result",
		marks=clause("KZ92-15.2"),
	),
	*(
		param(
			Press("PSY", "Record Result", accepted_and(**{**RESULT, field: None}), codes="M67"),
			id=f"result-without-{field}",
			marks=clause("KZ92-15.2"),
		)
		for field in RESULT
	),
	param(Press("DEP", "Record Result", accepted_and(**RESULT), codes="A02"), id="result-by-deputy"),
	param(
		Press("DEP", "Close", with_result_and(follow_up="Қаралды"), "Closed"),
		id="close",
		marks=clause("KZ92-15.2"),
	),
	param(
		Press("DEP", "Close", with_result_and(), codes="M42"),
		id="close-without-follow-up",
		marks=clause("KZ92-15.2"),
	),
	param(Press("DEP", "Close", declined_and(follow_up="Қаралды"), "Closed"), id="close-declined"),
	param(Press("DEP", "Close", declined_and(), codes="M42"), id="close-declined-without-follow-up"),
	param(
		Press("PSY", "Close", with_result_and(follow_up="Қаралды"), codes="A02"), id="close-by-psychologist"
	),
]
CHANGES = [
	param(Change("PSY", referral(), {"questions": "Сұрақ"}), id="draft"),
	param(
		Change("PSY", referral("On meeting agenda"), {"questions": "Сұрақ"}, "A01"),
		id="on-agenda-by-psychologist",
	),
	param(
		Change("ADM", referral(ADMINISTRATION), {"number": "17", "date": lambda _s: day(0)}),
		id="registrar-numbers",
	),
	param(Change("HEAD", referral("Sent"), {"enclosures": "Қосымша"}), id="hidden-level-is-ignored"),
	param(Change("DEP", referral("Sent"), {"reason": "Өзгерді"}, "M43"), id="sent"),
	param(Change("HEAD", referral(ADMINISTRATION), {"docstatus": 1}, "A03"), id="bare-submit"),
	param(Change("HEAD", referral("Sent"), {"docstatus": 2}, "A03"), id="bare-cancel"),
	param(
		Change("HEAD", of_parent(ADMINISTRATION), {"workflow_state": "Sent", "docstatus": 1}, "M66"),
		id="state-by-hand",
	),
	param(
		Change("DEP", referral(ADMINISTRATION), {"workflow_state": "Sent", "docstatus": 1}, "M33"),
		id="state-by-another-hand",
	),
]


def sent(**values):
	return lambda school: school.referral_values(child(school), **values)


def of_stranger(school):
	kin = school.child(consent=False).representatives[0]
	return sent(subject="Both", representative=kin.representative)(school)


CREATED = [
	*(
		param(Create(key, DOCTYPE, sent()), id=key, marks=clause("KZ92-15.1"))
		for key in ("PSY", "SOC", "SPE", "DEP")
	),
	param(Create("PSY", DOCTYPE, sent(reason=""), "M65"), id="no-reason", marks=clause("KZ92-15.1")),
	param(Create("PSY", DOCTYPE, sent(subject=""), "M65"), id="nobody-referred", marks=clause("KZ92-15.1")),
	param(
		Create("PSY", DOCTYPE, sent(subject="Both"), "M65"), id="parent-not-named", marks=clause("KZ92-15.1")
	),
	param(
		Create("PSY", DOCTYPE, of_stranger, "M69"), id="parent-of-another-child", marks=clause("KZ92-15.1")
	),
	*may_not(DOCTYPE, sent(), "HEAD", "AST", "CAR", "CLS", "TCH", "ADM", "ACC"),
]


test_step = tried(AGENDA + DECIDE + SEND + ANSWER)
test_change = tried(CHANGES)
test_create = tried(CREATED)


@clause("KZ92-15.1")
def test_deputy_named_in_the_order_sends(rest, site):
	school = School()
	school.order(members=school.member_rows("DEP", "PSY", "SOC", "SPE", "AST", "CAR", may_sign_referrals=1))
	paper = school.referral(school.child(), ADMINISTRATION)
	check_ok(rest(school.users["DEP"]).press(DOCTYPE, paper.name, "Send"))
	sent_paper = fresh(DOCTYPE, paper.name)
	assert sent_paper.sent_by == school.staff["DEP"]
	assert str(sent_paper.sent_on) == str(sent_paper.date) == day(0)


@clause("KZ92-15.1", "KZ92-7.1")
def test_support_given_is_taken_from_the_case(school, rest):
	learner = school.make_listed_child()
	school.programme(learner)
	log.entry(school, "CONSULTATION", "Recorded", learner=learner.name)
	frappe.db.commit()
	values = school.referral_values(learner, support_given=None, print_language="ru")
	answer = rest(school.users["PSY"]).create(DOCTYPE, **values)
	check_ok(answer)
	lines = fresh(DOCTYPE, answer.data["name"]).support_given.splitlines()
	assert lines == [
		f"Индивидуально-развивающая программа, с {getdate(day(-10)):%d.%m.%Y}: проведено занятий – 0",
		"Консультации (обучающийся): 1",
	]


def test_number_of_the_register_is_used_once(school, rest):
	first = referral("Sent")(school)
	second = referral(ADMINISTRATION)(school)
	check_ok(rest(school.users["ADM"]).change(DOCTYPE, second.name, number=first.number))
	check_refused(rest(school.users["HEAD"]).press(DOCTYPE, second.name, "Send"), "A06")


def test_others_see_no_button(school, rest):
	paper = referral(ADMINISTRATION)(school)
	check_no_buttons(school, rest, paper, "PSY", "SOC", "SPE", "ADM")
	assert rest(school.users["HEAD"]).buttons(DOCTYPE, paper.name) == {"Send", "Return"}
	assert state_of(paper) == ADMINISTRATION
