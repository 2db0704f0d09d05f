"""The first path in the browser: each paper moved on by the person whose turn it is, with a login of their own."""

import base64
from io import BytesIO

import pytest
from frappe.utils import today

from ppss_support.constants.roles import ROLE_OF_TERM
from ppss_support.tests.browser.people import opened

CLAUSE = {
	"CLS": "№ 92 бұйрық, Қағидаларға қосымша",
	"ADM": "приказ № 92, приложение к Правилам",
}


def test_deputy_submits_and_head_issues_an_order(log_in, school):
	earlier = school.order_in_force()
	order = school.order("Draft", order_kind="Change", supersedes=earlier, order_no=None, order_date=None)
	desk = log_in("DEP")
	desk.form("PPSS Support Order", order.name)
	desk.picture("order-draft")
	desk.take("Submit to Head")
	assert desk.state() == "Басшының бекітуінде"
	assert not desk.buttons_of_workflow()

	desk = log_in("HEAD")
	desk.form("PPSS Support Order", order.name)
	assert "[M08]" in desk.refusal("Issue")
	desk.close_dialogs()
	desk.set(order_no="27-Ө", order_date=today())
	desk.save()
	desk.open_actions()
	desk.picture("order-with-head")
	desk.take("Issue")
	assert (desk.doc["workflow_state"], desk.doc["order_no"], desk.doc["docstatus"]) == (
		"In force",
		"27-Ө",
		1,
	)


def test_class_teacher_registers_a_consent(log_in, school):
	learner = school.child(consent=False)
	desk = log_in("CLS")
	desk.new("PPSS Consent", learner=learner.name, representative=learner.representatives[0].representative)
	desk.save()
	assert desk.state() == "Дайындалды"
	desk.set(date_signed=today(), is_signed=1, archive_index="03-12")
	desk.save()
	desk.picture("consent-filled")
	desk.take("Register Signature")
	assert (desk.doc["workflow_state"], desk.doc["prepared_by"]) == ("Signed", school.staff["CLS"])


@pytest.mark.parametrize("key", opened(*CLAUSE))
def test_refusal_names_code_and_clause_in_the_users_language(log_in, school, key):
	consent = school.consent(school.child(consent=False), "Prepared", date_signed=None)
	desk = log_in(key)
	desk.form("PPSS Consent", consent.name)
	refusal = desk.refusal("Register Signature")
	assert "[M02]" in refusal
	assert CLAUSE[key] in refusal
	desk.picture(f"consent-refused-{key}")
	desk.close_dialogs()
	desk.form("PPSS Consent", consent.name)
	assert desk.doc["workflow_state"] == "Prepared"


def test_team_hands_over_an_assessment_and_the_deputy_confirms(log_in, school):
	assessment = school.assessment(school.child(), "Team working")
	sheets = {key: school.part_of(assessment, key) for key in ("CLS", "PSY")}
	for key, sheet in sheets.items():
		desk = log_in(key)
		shown = desk.names_in_list("PPSS Assessment Part")
		assert sheet in shown
		assert key == "PSY" or sheets["PSY"] not in shown
		desk.form("PPSS Assessment Part", sheet)
		desk.set(findings="Оқу қарқыны баяу, қолдауды қажет етеді", signed=1)
		desk.save()
		desk.picture(f"assessment-part-{key}", key == "PSY")
		assert desk.doc["completed_on"]
	desk.form("PPSS Needs Assessment", assessment.name)
	desk.take("Hand Over")

	desk = log_in("DEP")
	desk.form("PPSS Needs Assessment", assessment.name)
	desk.picture("assessment-with-deputy")
	desk.take("Confirm")
	assert (desk.doc["workflow_state"], desk.doc["docstatus"]) == ("Concluded", 1)


def test_head_returns_the_list_with_a_reason_and_approves_it(log_in, school):
	learners = [school.assessed_child(), school.assessed_child()]
	learner_list = school.learner_list(learners, "With head", amends=school.approved_list())
	desk = log_in("HEAD")
	desk.form("PPSS Learner List", learner_list.name)
	desk.picture("list-with-head")
	desk.press("Return")
	desk.picture("list-return-reason")
	desk.answer_reason("Жауапты маманды нақтылаңыз")
	desk.wait(lambda: desk.doc["workflow_state"] == "Returned", "list returned")
	desk.idle()
	assert desk.doc["history"][-1]["reason"] == "Жауапты маманды нақтылаңыз"

	desk = log_in("DEP")
	desk.form("PPSS Learner List", learner_list.name)
	desk.take("Submit to Head")
	desk = log_in("HEAD")
	desk.form("PPSS Learner List", learner_list.name)
	desk.take("Approve")
	assert desk.doc["workflow_state"] == "Approved"
	assert desk.doc["number"]


def test_no_reason_no_return(log_in, school):
	learner_list = school.learner_list([school.assessed_child()], "With head", amends=school.approved_list())
	desk = log_in("HEAD")
	desk.form("PPSS Learner List", learner_list.name)
	desk.press("Return")
	desk.wait(desk.messages, "reason asked")
	desk.close_dialogs()
	assert desk.doc["workflow_state"] == "With head"
	desk.take("Return", "Кестені толықтырыңыз")
	assert desk.doc["workflow_state"] == "Returned"


def test_head_approves_a_programme_and_its_author_starts_it(log_in, school):
	programme = school.programme(school.listed_child(), "With head")
	desk = log_in("HEAD")
	desk.form("PPSS Programme", programme.name)
	desk.picture("programme-with-head")
	desk.take("Approve")
	assert (desk.doc["workflow_state"], desk.doc["docstatus"]) == ("Approved", 1)
	assert desk.doc["number"]
	desk = log_in("PSY")
	desk.form("PPSS Programme", programme.name)
	desk.take("Start")
	assert desk.doc["workflow_state"] == "In implementation"


def test_deputy_adopts_the_decision_of_a_meeting(log_in, school):
	meeting = school.meeting("Held")
	desk = log_in("DEP")
	desk.form("PPSS Meeting", meeting.name)
	desk.picture("meeting-held")
	desk.take("Adopt Decision")
	assert desk.doc["workflow_state"] == "Adopted"
	assert desk.doc["number"]


def test_head_sends_a_referral(log_in, school):
	referral = school.referral(school.listed_child(), "With administration")
	desk = log_in("HEAD")
	desk.form("PPSS Referral", referral.name)
	desk.picture("referral-with-head")
	desk.take("Send")
	assert desk.doc["workflow_state"] == "Sent"
	assert desk.doc["sent_by"] == school.staff["HEAD"]


@pytest.mark.parametrize("key", opened("SPE", "PSY", "DEP"))
def test_the_case_shows_the_path_of_the_child(log_in, school, key):
	case = school.case_of(school.kept("child on the way", type(school).assessed_child))
	desk = log_in(key)
	desk.form("PPSS Support Case", case)
	path = desk.script(
		"""return jQuery(".ppss-milestone:visible").toArray().map((line) =>
			[line.querySelector(".indicator-pill").className, line.querySelector("a")?.getAttribute("href") || ""])"""
	)
	assert ["green" in colour for colour, _address in path] == [True, True, True, False, False]
	assert "ppss-consent/" in path[1][1]
	desk.picture(f"case-{key}", key == "SPE")


def test_accountant_sees_no_child(log_in, school):
	school.kept("child on the way", type(school).assessed_child)
	desk = log_in("ACC")
	for doctype in ("PPSS Learner", "PPSS Support Case", "PPSS Needs Assessment", "PPSS Representative"):
		status, rows = desk.read(doctype)
		assert status == 403 or not rows, doctype
	desk.workspace(ROLE_OF_TERM["ACC"])
	assert not desk.script("""return jQuery('.codex-editor a[href*="ppss-learner"]:visible').length""")


PAPERS = {
	"PPSS Order": "order_paper",
	"PPSS Consent Form": "consent_paper",
	"PPSS Consent Form Blank": "consent_paper",
	"PPSS Assessment Protocol": "assessment_paper",
	"PPSS List of Children": "list_paper",
	"PPSS Programme": "programme_paper",
	"PPSS Programme Shareable": "programme_paper",
	"PPSS Minutes": "meeting_paper",
	"PPSS Extract from Minutes": "meeting_paper",
	"PPSS Referral Letter": "referral_paper",
}


@pytest.mark.parametrize("print_format", PAPERS)
def test_every_paper_opens_as_pdf(log_in, school, print_format):
	doctype, name = getattr(school, PAPERS[print_format])()
	desk = log_in("DEP")
	status, content = desk.pdf(doctype, name, print_format)
	pdf = base64.b64decode(content)
	assert status == 200
	assert pdf.startswith(b"%PDF")
	assert len(text_of(pdf)) > 300


def test_the_print_view_shows_the_paper(log_in, school):
	doctype, name = school.order_paper()
	desk = log_in("HEAD")
	text = desk.print_view(doctype, name)
	assert f"№ {school.tag} жалпы білім беретін мектеп" in text
	desk.picture("print-order")


def text_of(pdf: bytes) -> str:
	from pypdf import PdfReader

	return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
