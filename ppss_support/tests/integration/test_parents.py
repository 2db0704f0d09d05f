"""The parents' page over HTTP as real website users: own children only, published papers only, the own consent."""

from email import message_from_string
from io import BytesIO

import frappe
import pytest
import requests
from frappe.utils import add_days, today
from pypdf import PdfReader

from ppss_support import papers
from ppss_support.constants import roles, states
from ppss_support.parents import page
from ppss_support.parents.children import children_of
from ppss_support.tests import exits, support
from ppss_support.tests.factories import SCAN, School, make
from ppss_support.tests.guards import check_ok, check_refused, fresh, state_of
from ppss_support.tests.parents import (
	Visitor,
	add_role,
	give_login,
	parent_of,
	signed_consent,
	supported_family,
)
from ppss_support.tests.world import row

clause = pytest.mark.clause
OPEN, LED_ON, FORGED, FORBIDDEN, NOT_FOUND, TOO_MANY = 200, 303, 400, 403, 404, 429
XSS = "<img src=x onerror=alert(1)>\"'"


@pytest.fixture(scope="module")
def family(school):
	"""A supported child with everything the page may show, and what it must not."""
	learner, programme, login = supported_family(school)
	mate = school.make_listed_child()
	values = support.session_values(school, [learner, mate], provider=school.staff["PSY"], form="SF2")
	values["attendance"] = [{"learner": one.name, "learner_name": one.full_name} for one in (learner, mate)]
	lesson = row("PPSS Session", **{**values, "workflow_state": "Planned", "date": add_days(today(), 2)})
	frappe.db.commit()
	return frappe._dict(
		learner=learner,
		programme=programme,
		login=login,
		mate=mate,
		lesson=lesson,
		consent=signed_consent(learner),
	)


@pytest.fixture
def visit(rest):
	return lambda login: Visitor(rest(login))


def pages_of(family) -> list[str]:
	own = f"/parents/{family.learner.name}"
	return [
		own,
		f"{own}/consent/{family.consent}.pdf",
		f"{own}/consent/{family.consent}/withdraw",
		f"{own}/programme/{family.programme.name}.pdf",
	]


def text_of(pdf: bytes) -> str:
	return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


# ---- what is seen


@clause("KZ92-11.2")
def test_own_child_is_shown_in_plain_words(visit, school, family):
	mine = visit(family.login)
	answer = mine.get(f"/parents/{family.learner.name}")
	assert answer.status_code == OPEN
	shown = answer.text
	assert family.learner.full_name in shown
	assert "Балаға бекітілген бағдарлама бойынша қолдау көрсетіліп жатыр." in shown
	assert frappe.db.get_value("PPSS Specialist", school.staff["PSY"], "full_name") in shown
	assert "кіші топтық" in shown
	assert family.mate.given_name not in shown
	for code in ("SF2", "In implementation", "Signed", "C1", "CT3", "IDP", "Қорытынды", "Оқуда қиындық"):
		assert code not in shown, code


@clause("KZ92-11.2")
def test_papers_are_the_form_and_the_copy_without_category(visit, family):
	mine = visit(family.login)
	form, _question, programme = (mine.get(address) for address in pages_of(family)[1:])
	assert form.headers["Content-Type"] == programme.headers["Content-Type"] == "application/pdf"
	frappe.flags.ignore_print_permissions = True
	consent = frappe.get_doc("PPSS Consent", family.consent)
	assert text_of(form.content) == text_of(papers.render(consent, "PPSS Consent Form"))
	blank = papers.render(frappe.new_doc("PPSS Consent"), papers.BLANK_CONSENT)
	frappe.flags.ignore_print_permissions = False
	assert text_of(mine.get("/parents/consent-form.pdf").content) == text_of(blank)
	told = text_of(programme.content)
	assert family.learner.full_name in told
	assert "Санаты" not in told and "Бағалау" not in told, told


def test_only_published_papers_are_shown(visit, school):
	learner = school.child(consent=False)
	login = parent_of(learner)
	mine, own = visit(login), f"/parents/{learner.name}"
	assert "жазбаша келісіміңіз қажет" in mine.get(own).text
	prepared = school.consent(learner, "Prepared")
	assert "Нысан дайын" in mine.get(own).text
	assert mine.get(f"{own}/consent/{prepared.name}.pdf").status_code == OPEN
	assert mine.get(f"{own}/consent/{prepared.name}/withdraw").status_code == NOT_FOUND
	school.move(prepared, "Signed", ("CLS", "Register Signature"))
	school.assessment(learner)
	school.put_on_list(learner)
	draft = school.programme(learner, "With head")
	assert mine.get(f"{own}/programme/{draft.name}.pdf").status_code == NOT_FOUND
	assert draft.name not in mine.get(own).text
	assert "бағдарламасын дайындап жатыр" in mine.get(own).text


def test_unconfirmed_review_stays_out_of_the_copy(visit, school, family):
	with school.acting("PSY"):
		programme = frappe.get_doc("PPSS Programme", family.programme.name)
		programme.learning_results = "Әзірге ешкім растамаған нәтиже"
		programme.save()
	answer = visit(family.login).get(pages_of(family)[3])
	assert answer.status_code == OPEN
	assert "растамаған" not in text_of(answer.content)


# ---- whose


@pytest.fixture(scope="module")
def abroad(connected):
	made = School()
	connected.db.commit()
	return made


def other_parents(school, abroad) -> dict[str, str]:
	"""Return logins of parents who have nothing to do with the family, by what they are."""
	same, foreign = school.child(), abroad.add_learner()
	former = school.child()
	left = parent_of(former)
	former.set(
		"representatives",
		[
			{
				"representative": same.representatives[0].representative,
				"relation": "Parent",
				"is_legal_representative": 1,
			}
		],
	)
	former.save()
	return {"same school": parent_of(same), "another school": parent_of(foreign), "former": left}


@clause("KZ92-5.5")
def test_another_family_is_answered_as_if_nothing_were_there(visit, school, abroad, family):
	for who, login in other_parents(school, abroad).items():
		other = visit(login)
		nothing = other.get("/parents/PPSS-LRN-99999")
		for address in pages_of(family):
			answer = other.get(address)
			assert answer.status_code == NOT_FOUND, (who, address)
			assert without_address(answer.text) == without_address(nothing.text), (who, address)
		sent = other.withdraw(family.learner.name, family.consent, confirmed="yes")
		assert sent.status_code == NOT_FOUND, who
		assert family.learner.full_name not in other.get().text
	assert state_of(frappe.get_doc("PPSS Consent", family.consent)) == states.SIGNED
	# Nobody's refusal is remembered for somebody else.
	assert visit(family.login).get(pages_of(family)[0]).status_code == OPEN


def without_address(html: str) -> str:
	"""Drop the two lines that carry the address and the token of the form."""
	return "\n".join(line for line in html.splitlines() if 'type="hidden"' not in line)


@clause("KZ92-5.5")
def test_paper_of_one_child_is_not_read_through_another(visit, school, family):
	brother = school.child()
	brother.append(
		"representatives",
		{
			"representative": family.learner.representatives[0].representative,
			"relation": "Parent",
			"is_legal_representative": 1,
		},
	)
	brother.save()
	mine = visit(family.login)
	for address in pages_of(family)[1:]:
		assert mine.get(address.replace(family.learner.name, brother.name)).status_code == NOT_FOUND
	assert mine.get(f"/parents/{brother.name}").status_code == OPEN


@pytest.mark.parametrize(
	"change",
	[
		{"is_legal_representative": 0},
		{"relation": "Guardian", "authority_document": None},
		{"relation": "Other"},
	],
)
@clause("KZ92-11.2")
def test_access_ends_with_the_right_to_represent(visit, school, change):
	learner = school.child()
	mine = visit(parent_of(learner))
	assert mine.get(f"/parents/{learner.name}").status_code == OPEN
	frappe.db.set_value("PPSS Learner Representative", learner.representatives[0].name, change)
	assert mine.get(f"/parents/{learner.name}").status_code == NOT_FOUND


def test_access_ends_when_the_child_has_left(visit, school):
	learner = school.child()
	mine = visit(parent_of(learner))
	frappe.db.set_value("PPSS Learner", learner.name, "leaving_date", add_days(today(), -1))
	assert mine.get(f"/parents/{learner.name}").status_code == NOT_FOUND
	assert "бала тіркелмеген" in mine.get().text


def test_guest_is_led_to_the_login(visit, family):
	guest = visit(family.login)
	guest.http = requests.Session()
	guest.http.headers.update({"X-Frappe-Site-Name": frappe.local.site})
	for address in ["/parents", *pages_of(family), "/parents/consent-form.pdf"]:
		answer = guest.get(address)
		assert answer.status_code == LED_ON
		assert answer.headers["Location"].startswith("/login?_lang=kk&redirect-to=/parents")
		assert answer.headers["Cache-Control"] == "no-store"


def test_staff_who_are_parents_use_the_same_page(visit, school, family):
	learner = school.child()
	give_login(learner.representatives[0].representative, school.users["TCH"])
	teacher = visit(school.users["TCH"])
	assert teacher.get(f"/parents/{learner.name}").status_code == NOT_FOUND
	add_role(school.users["TCH"])
	assert teacher.get(f"/parents/{learner.name}").status_code == OPEN
	assert teacher.get(f"/parents/{family.learner.name}").status_code == NOT_FOUND


# ---- nothing but the page


@pytest.fixture
def client(rest, visit, family):
	"""The parent as a program would call the site: with the session's token, so that only rights stand in the way."""
	client = rest(family.login)
	client.http.headers["X-Frappe-CSRF-Token"] = visit(family.login).token()
	yield client
	del client.http.headers["X-Frappe-CSRF-Token"]


@clause("KZ92-5.5")
def test_login_reaches_nothing_but_the_page(client, visit, family):
	"""No list of any DocType of the site, no document of ours, no method, neither the Desk nor a file."""
	mine = visit(family.login)
	kinds = frappe.get_all("DocType", {"istable": 0}, ["name", "module"])
	for kind in kinds:
		assert client.call("GET", f"/api/resource/{kind.name}").status == FORBIDDEN, kind.name
	ours = [kind.name for kind in kinds if kind.module == "PPSS Support"]
	assert len(ours) > 30
	for doctype in ours:
		name = frappe.db.get_value(doctype, {}) or "x"
		assert client.read(doctype, name).status == FORBIDDEN, doctype
		assert client.create(doctype).status == FORBIDDEN, doctype
	for address in (
		"/app",
		"/printview?doctype=PPSS+Learner",
		"/list?doctype=ToDo",
		"/ToDo.html",
		"/private/files/x.pdf",
	):
		assert mine.get(address).status_code == FORBIDDEN, address
	for cmd in ("frappe.client.get_list", "upload_file"):
		assert client.call("POST", "/", {"cmd": cmd, "doctype": "User"}).status == FORBIDDEN


@clause("KZ92-5.5")
def test_no_exit_of_the_framework_tells_of_the_own_child(client, family):
	about = {"PPSS Learner": family.learner.name, "PPSS Programme": family.programme.name}
	for doctype, name in about.items():
		for exit in exits.LISTS:
			assert exit(client, doctype, {name}) == set(), (doctype, exit.__name__)
		assert {count(client, doctype, {name}) for count in exits.COUNTS} == {0}
		for verb, path, data in exits.single(doctype, name):
			query = data if verb == "GET" else {}
			answer = client.call(verb, path, None if verb == "GET" else data, **query)
			assert answer.status == FORBIDDEN, path


# ---- withdrawal


@clause("KZ92-11.1")
def test_statement_withdraws_the_consent_as_in_the_desk(visit, school):
	learner, programme, login = supported_family(school)
	consent, mine = signed_consent(learner), visit(login)
	answer = mine.withdraw(learner.name, consent, words="Көшіп барамыз")
	assert (answer.status_code, state_of(frappe.get_doc("PPSS Consent", consent))) == (OPEN, states.SIGNED)
	assert "Алдымен белгі қойыңыз" in answer.text and "Көшіп барамыз" in answer.text
	answer = mine.withdraw(learner.name, consent, confirmed="yes", words="Көшіп барамыз")
	assert (answer.status_code, answer.headers["Location"]) == (LED_ON, f"/parents/{learner.name}")
	paper = fresh("PPSS Consent", consent)
	assert (paper.workflow_state, str(paper.withdrawn_on)) == (states.WITHDRAWN, today())
	assert (paper.history[-1].user, paper.history[-1].to_state) == (login, states.WITHDRAWN)
	assert fresh(programme.doctype, programme.name).workflow_state == states.SUSPENDED
	told = frappe.get_all(
		"Notification Log",
		{"for_user": school.users["DEP"]},
		pluck="subject",
		order_by="creation desc",
		limit=1,
	)
	assert learner.full_name in told[0]
	shown = mine.get(f"/parents/{learner.name}").text
	assert "Келісімнің күші тоқтады" in shown
	statement = mine.get(f"/parents/{learner.name}/consent/{consent}/statement.pdf")
	assert "Көшіп барамыз" in text_of(statement.content) and learner.full_name in text_of(statement.content)
	assert mine.withdraw(learner.name, consent, confirmed="yes").status_code == NOT_FOUND


@clause("KZ92-11.1")
def test_only_the_giver_withdraws(visit, school):
	"""The other parent sees the consent and does not take it back; nor does a teacher who is a parent elsewhere."""
	learner = school.child()
	father = make("PPSS Representative", full_name="Әкесі", organisation=school.organisation)
	learner.append(
		"representatives", {"representative": father.name, "relation": "Parent", "is_legal_representative": 1}
	)
	learner.save()
	consent, other = signed_consent(learner), visit(give_login(father.name))
	assert "Келісім берілген күн" in other.get(f"/parents/{learner.name}").text
	assert consent not in other.get(f"/parents/{learner.name}").text
	assert other.get(f"/parents/{learner.name}/consent/{consent}.pdf").status_code == NOT_FOUND
	assert other.withdraw(learner.name, consent, confirmed="yes").status_code == NOT_FOUND


@clause("KZ92-11.1")
def test_role_of_parents_decides_nothing_in_the_desk(rest, school, family):
	stated = {"withdrawn_on": today(), "withdrawal_statement": SCAN}
	add_role(school.users["CLS"])
	teacher = rest(school.users["CLS"])
	check_refused(teacher.change("PPSS Consent", family.consent, **stated), "A01")
	frappe.db.set_value("PPSS Consent", family.consent, stated)
	check_refused(teacher.press("PPSS Consent", family.consent, "Withdraw", "Өтініш"), "A93")
	frappe.db.set_value("PPSS Consent", family.consent, dict.fromkeys(stated))


def test_forged_form_is_refused(visit, family):
	mine = visit(family.login)
	answer = mine.withdraw(family.learner.name, family.consent, confirmed="yes", csrf_token="x")
	assert answer.status_code == FORGED
	assert state_of(frappe.get_doc("PPSS Consent", family.consent)) == states.SIGNED


def test_requests_are_limited_by_login(visit, school, family):
	learner = school.child()
	mine, consent = visit(parent_of(learner)), signed_consent(learner)
	said = [mine.withdraw(learner.name, consent).status_code for _ in range(page.STATEMENTS + 1)]
	assert said == [OPEN] * page.STATEMENTS + [TOO_MANY]
	frappe.cache.setex(f"rl:None:parents-downloads-{mine.client.user}", 60, page.DOWNLOADS)
	assert mine.get("/parents/consent-form.pdf").status_code == TOO_MANY
	assert visit(family.login).get("/parents/consent-form.pdf").status_code == OPEN


# ---- invitation


def invite(client, representative: str):
	return client.method(
		"ppss_support.parents.invitation.give_access", representative=representative, language="ru"
	)


def take_away(client, representative: str):
	return client.method("ppss_support.parents.invitation.take_access", representative=representative)


def representative_with_mail(school, email: str | None = None):
	learner = school.child()
	name = learner.representatives[0].representative
	email = email or f"Mother.{frappe.generate_hash(length=6)}@example.com"
	frappe.db.set_value("PPSS Representative", name, "email", email)
	return learner, name, email.lower()


@pytest.fixture
def mailbox(site):
	"""A mailbox of the site to send from; what goes out waits in the queue."""
	account = frappe.new_doc("Email Account")
	account.update({"name": "Мектеп", "email_id": "school@example.com", "smtp_server": "localhost"})
	account.update({"enable_outgoing": 1, "default_outgoing": 1})
	account.db_insert()
	yield
	frappe.db.delete("Email Account", {"name": "Мектеп"})
	frappe.db.commit()


def mail_to(address: str) -> str:
	"""Return the plain text of the mail that waits for this address."""
	[queued] = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")
	mail = message_from_string(frappe.db.get_value("Email Queue", queued, "message"))
	[plain] = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
	return plain.get_payload(decode=True).decode()


@clause("KZ92-11.2")
def test_invitation_makes_a_login_and_taking_it_away_ends_the_session(rest, visit, school, mailbox):
	learner, name, email = representative_with_mail(school)
	# The framework lets sixty logins be made within an hour; tests make more.
	frappe.db.set_value("User", {"name": ("!=", "")}, "creation", "2026-01-01", update_modified=False)
	registrar = rest(school.users["ADM"])
	check_ok(invite(registrar, name))
	frappe.db.rollback()
	mail = mail_to(email)
	assert "Ваш ID для авторизации" in mail and email in mail and "/update-password?key=" in mail
	assert not [word for word in (learner.surname, learner.given_name, "сопровожд", "дети") if word in mail]
	user = frappe.get_doc("User", email)
	assert (user.user_type, user.language, {row.role for row in user.roles}) == (
		"Website User",
		"ru",
		{roles.PARENT},
	)
	mine = visit(email)
	shown = mine.get(f"/parents/{learner.name}")
	assert shown.status_code == OPEN and "Как идёт сопровождение" in shown.text
	looked = {"reference_doctype": "PPSS Learner", "reference_name": learner.name, "viewed_by": email}
	assert frappe.db.exists("View Log", looked)
	check_ok(take_away(registrar, name))
	assert mine.get(f"/parents/{learner.name}").headers.get("Location", "").startswith("/login")
	frappe.db.rollback()
	assert not frappe.db.get_value("PPSS Representative", name, "user")
	assert children_of(email) == []
	changed = frappe.get_all("Version", {"docname": name}, pluck="owner")
	assert changed.count(school.users["ADM"]) == 2


@clause("KZ92-11.2")
def test_invitation_is_refused(rest, school, abroad, family):
	deputy = rest(school.users["DEP"])
	_learner, name, email = representative_with_mail(school)
	frappe.db.set_value("PPSS Representative", name, "email", None)
	check_refused(invite(deputy, name), "A89")
	frappe.db.set_value("PPSS Representative", name, "email", school.users["DEP"])
	check_refused(invite(deputy, name), "A92")
	frappe.db.set_value("PPSS Representative", name, "email", family.login)
	check_refused(invite(deputy, name), "A91")
	nobodys = make("PPSS Representative", full_name="Нағашы", organisation=school.organisation, email=email)
	check_refused(invite(deputy, nobodys.name), "A90")
	assert not frappe.db.exists("User", {"email": email})
	for key in ("HEAD", "CLS"):
		assert invite(rest(school.users[key]), name).status == FORBIDDEN, key
	assert take_away(rest(abroad.users["ADM"]), name).status == FORBIDDEN


@clause("KZ92-5.5")
def test_login_is_not_written_by_hand(rest, school):
	_learner, name, _email = representative_with_mail(school)
	registrar = rest(school.users["ADM"])
	check_ok(registrar.change("PPSS Representative", name, user=school.users["ADM"]))
	values = {"full_name": "Жаңа", "organisation": school.organisation, "user": school.users["ADM"]}
	made = registrar.create("PPSS Representative", **values)
	frappe.db.rollback()
	assert not frappe.db.get_value("PPSS Representative", name, "user")
	assert not made.data["user"]


def test_deleted_representative_leaves_no_role_to_staff(rest, school):
	made = make("PPSS Representative", full_name="Бұрынғы өкіл", organisation=school.organisation)
	give_login(made.name, school.users["CAR"])
	add_role(school.users["CAR"])
	check_ok(rest(school.users["ADM"]).delete("PPSS Representative", made.name))
	frappe.db.rollback()
	assert roles.PARENT not in frappe.get_roles(school.users["CAR"])


# ---- words


def test_names_are_shown_as_text(visit, school):
	learner = school.child()
	login = parent_of(learner)
	frappe.db.set_value("PPSS Learner", learner.name, "full_name", XSS + "{{ 7*7 }}")
	frappe.db.set_value("PPSS Class", learner.school_class, "title", XSS)
	consent = signed_consent(learner)
	frappe.db.set_value("PPSS Consent", consent, "representative_full_name", XSS)
	mine = visit(login)
	try:
		for address in (
			"/parents",
			f"/parents/{learner.name}",
			f"/parents/{learner.name}/consent/{consent}/withdraw",
		):
			shown = mine.get(address).text
			assert "<img" not in shown and "&lt;img" in shown, address
			assert "{{ 7*7 }}" in shown
		sent = mine.withdraw(learner.name, consent, words="</textarea><script>alert(1)</script>")
		assert "<script" not in sent.text
	finally:
		frappe.db.set_value("PPSS Class", learner.school_class, "title", "7 Ә")
		frappe.db.commit()


def test_language_is_chosen_on_the_page(visit, school):
	learner = school.child()
	mine = visit(parent_of(learner))
	assert 'lang="kk"' in mine.get().text
	here = f"/parents/{learner.name}"
	answer = mine.send("/parents/language", from_page=here, language="ru", back=here)
	assert (answer.status_code, answer.headers["Location"]) == (LED_ON, here)
	assert "Как идёт сопровождение" in mine.get(here).text
	answer = mine.send("/parents/language", language="en", back="//evil.example/parents")
	assert answer.headers["Location"] == "/parents"
	assert "Мои дети" in mine.get().text


def test_page_of_a_kyrgyz_school_is_in_kyrgyz(visit, abroad):
	learner = abroad.add_learner()
	organisation = frappe.get_doc("PPSS Organisation", abroad.organisation)
	organisation.db_set("regulation_profile", "KG95", notify=True)
	organisation.clear_cache()
	shown = visit(parent_of(learner)).get(f"/parents/{learner.name}").text
	assert '<html lang="ky">' in shown and "колдоо кызматы" in shown
	assert "Қазақша" not in shown
