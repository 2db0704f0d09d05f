"""What has had its time goes by an act of two persons, leaves no name behind, and stays proven in the archive (D-42)."""

import json
from io import BytesIO
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_years, getdate, today
from pypdf import PdfReader

from ppss_support.archive import checking, freezing, register
from ppss_support.papers import download_pdf
from ppss_support.retention import execute, records
from ppss_support.tests.factories import School, acting_as, make, take
from ppss_support.tests.files import PDF, attached
from ppss_support.tests.guards import check_ok, check_refused, fresh

pytestmark = pytest.mark.clause("ALM-22.2")
LEARNER, CONSENT = "PPSS Learner", "PPSS Consent"


def term(school, kind: str, years: int = 1, **values):
	with school.acting("ADM"):
		return make(
			"PPSS Retention Term",
			organisation=school.organisation,
			document_type=kind,
			**{"keep_years": years, "runs_from": "The Child Leaves", "next_january": 0, **values},
			from_date="2020-01-01",
			basis="Тізбенің 1-тармағы",
		)


def gone(school, years: int = 2, **values):
	"""Return a child who left years ago, with a signed consent and an open case."""
	child = school.child(**values)
	child.reload()
	child.leaving_date = add_years(today(), -years)
	child.save()
	return child


def consent_of(child):
	return frappe.get_doc(CONSENT, {"learner": child.name})


def act(school, by: str = "ADM", **values):
	with school.acting(by):
		return make("PPSS Destruction Act", organisation=school.organisation, date=today(), **values)


def listed(paper) -> set[tuple[str, str]]:
	return {(row.document_type, row.document) for row in paper.rows}


def approved(school, paper, by: str = "ADM"):
	with school.acting(by):
		paper = take(paper, "Submit to Head")
	with school.acting("HEAD"):
		return take(paper, "Approve")


def run(paper):
	frappe.db.commit()
	execute.run(paper.name)
	return fresh(paper.doctype, paper.name)


@pytest.fixture(scope="module")
def own(connected):
	"""A school of its own: an act lists the whole school."""
	connected.db.rollback()
	school = School()
	school.order()
	term(school, CONSENT)
	term(school, LEARNER)
	term(school, "PPSS Support Case")
	connected.db.commit()
	return school


class TestProposal:
	def test_names_what_is_over_and_why(self, own):
		left, here, fresh_one = gone(own), own.child(), gone(own, years=0)
		paper = act(own)
		found = listed(paper)
		assert {(CONSENT, consent_of(left).name), (LEARNER, left.name)} <= found
		assert not {(LEARNER, here.name), (CONSENT, consent_of(here).name), (LEARNER, fresh_one.name)} & found
		row = next(row for row in paper.rows if row.document == left.name)
		assert (row.title, row.begun_on, row.due_on) == (
			left.full_name,
			getdate(add_years(today(), -2)),
			getdate(add_years(today(), -1)),
		)
		assert "PPSS Consent: " in paper.what_goes

	def test_child_stays_while_anything_of_it_is_kept(self, own):
		left = gone(own)
		with own.acting("SPE"):
			pmpc = make("PPSS PMPC Recommendation", **own.pmpc_values(left))
		found = listed(act(own))
		assert (LEARNER, left.name) not in found and (CONSENT, consent_of(left).name) in found
		assert (pmpc.doctype, pmpc.name) not in found

	def test_legal_hold(self, own, rest):
		left = gone(own)
		frappe.db.commit()
		deputy = rest(own.users["DEP"])
		check_refused(deputy.change(LEARNER, left.name, legal_hold=1), "M42")
		check_ok(deputy.change(LEARNER, left.name, legal_hold=1, legal_hold_reason="Сот талабы"))
		frappe.db.rollback()
		assert not {(LEARNER, left.name), (CONSENT, consent_of(left).name)} & listed(act(own))

	def test_terms_are_checked(self, own, rest):
		archivist = rest(own.users["ADM"])
		given = {"organisation": own.organisation, "from_date": today(), "basis": "x"}
		check_refused(
			archivist.create("PPSS Retention Term", **given, document_type="User", keep_years=1), "A73"
		)
		check_refused(archivist.create("PPSS Retention Term", **given, document_type=CONSENT), "A21")


class TestApproval:
	def test_by_another_person(self, own, rest):
		gone(own)
		paper = act(own)
		with own.acting("ADM"):
			paper = take(paper, "Submit to Head")
		frappe.db.set_value(paper.doctype, paper.name, "owner", own.users["HEAD"])
		check_refused(rest(own.users["HEAD"]).press(paper.doctype, paper.name, "Approve"), "A86")
		check_refused(rest(own.users["ADM"]).press(paper.doctype, paper.name, "Approve"), "M04")

	def test_of_what_is_still_due(self, own, rest):
		left = gone(own)
		paper = act(own)
		with own.acting("ADM"):
			paper = take(paper, "Submit to Head")
		frappe.db.set_value(LEARNER, left.name, "legal_hold", 1)
		answer = rest(own.users["HEAD"]).press(paper.doctype, paper.name, "Approve")
		check_refused(answer, "A87")
		assert left.name in answer.texts[0]


class TestExecution:
	@pytest.fixture(scope="class")
	def done(self, connected):
		"""A child gone with all its papers: what was there before, and the executed act."""
		school = School()
		school.order()
		for kind in (CONSENT, LEARNER, "PPSS Support Case"):
			term(school, kind)
		left = gone(school)
		other = school.child()
		consent = consent_of(left)
		frappe.db.commit()
		freezing.work_off(CONSENT, consent.name)
		with school.acting("DEP"):
			left.add_comment("Comment", f"{left.full_name} туралы ескерту")
			other.add_comment("Comment", f"{left.full_name} інісі")
		parent = frappe.get_doc("PPSS Representative", left.representatives[0].representative)
		paper = approved(school, act(school))
		frozen = frappe.get_all(
			register.DOCTYPE, {"document": consent.name, "event": "Frozen"}, ["name", "sha256", "file_url"]
		)
		paper = run(paper)
		freezing.work_off(paper.doctype, paper.name)
		names = {left.full_name, f"{left.surname} {left.given_name}", parent.full_name}
		return frappe._dict(
			school=school,
			left=left,
			other=other,
			consent=consent,
			act=paper,
			frozen=frozen,
			names=names,
			parent=parent,
		)

	def test_everything_on_the_act_is_done(self, done):
		assert done.act.workflow_state == "Executed" and getdate(done.act.executed_on) == getdate()
		assert {row.status for row in done.act.rows} == {"Destroyed"}
		assert not [row for row in done.act.rows if row.title]

	def test_no_name_is_left_anywhere(self, done):
		"""Every text column of the whole database is searched, in both ways letters are written."""
		columns = frappe.db.sql(
			"select table_name, column_name from information_schema.columns where table_schema = database()"
			" and data_type in ('varchar', 'text', 'mediumtext', 'longtext', 'char')"
		)
		by_table: dict[str, list[str]] = {}
		for table, column in columns:
			by_table.setdefault(table, []).append(column)
		wanted = [form for name in done.names for form in (name, json.dumps(name)[1:-1])]
		told = {}
		for table, found in by_table.items():
			conditions = " or ".join(f"instr(`{column}`, %s) > 0" for column in found for _form in wanted)
			rows = frappe.db.sql(f"select * from `{table}` where {conditions} limit 1", wanted * len(found))
			if rows:
				told[table] = rows[0]
		assert told == {}

	def test_the_other_child_keeps_what_is_its_own(self, done):
		other = frappe.get_doc(LEARNER, done.other.name)
		assert (other.full_name, other.destroyed_by) == (done.other.full_name, None)
		assert consent_of(other).representative_full_name
		assert frappe.db.exists("Comment", {"reference_name": other.name, "content": ("like", "%інісі%")})

	def test_archive_keeps_the_proof(self, done):
		assert done.frozen
		for before in done.frozen:
			row = frappe.get_doc(register.DOCTYPE, before.name)
			assert (row.sha256, row.file_url, row.learner) == (before.sha256, None, None)
			destroyed = frappe.get_doc(register.DOCTYPE, {"about_row": row.name, "event": "Destroyed"})
			assert (destroyed.archive_index, destroyed.user) == (done.act.number, done.school.users["HEAD"])
			assert not frappe.db.exists("File", {"file_url": before.file_url})
		assert checking.verify(done.school.organisation) == []

	def test_tampering_with_what_is_left_is_seen(self, site, done):
		frappe.db.set_value(register.DOCTYPE, done.frozen[0].name, "sha256", "0" * 64)
		assert [fault.kind for fault in checking.verify(done.school.organisation)] == ["Row altered"]

	def test_the_child_is_not_written_back(self, done, rest):
		deputy = rest(done.school.users["DEP"])
		check_refused(deputy.change(LEARNER, done.left.name, surname="Әлиев"), "A88")
		check_refused(deputy.delete(LEARNER, done.left.name), "A88")

	@pytest.mark.parametrize("lang", ["kk", "ru"])
	def test_act_on_paper_names_records_and_nobody(self, site, done, lang):
		with acting_as(done.school.users["HEAD"]):
			download_pdf(done.act.doctype, done.act.name, language=lang)
		text = "".join(
			page.extract_text() for page in PdfReader(BytesIO(frappe.local.response.filecontent)).pages
		)
		assert done.consent.name in text.replace("\n", "")
		assert not [name for name in done.names if name in text]
		title = {"kk": "ЖОЮТУРАЛЫАКТ", "ru": "АКТОБУНИЧТОЖЕНИИ"}[lang]
		assert title in "".join(text.split())


class TestInterrupted:
	def test_goes_on_where_it_stopped(self, own, monkeypatch):
		"""The worker dies at the second record; the next one does the rest, and nothing twice."""
		gone(own)
		paper = approved(own, act(own))
		real, calls = execute.destroy, []

		def dies(paper, row):
			calls.append(row.document)
			if len(calls) == 2:
				raise KeyboardInterrupt
			real(paper, row)

		frappe.db.commit()
		monkeypatch.setattr(execute, "destroy", dies)
		with pytest.raises(KeyboardInterrupt):
			execute.run(paper.name)
		frappe.db.rollback()
		assert fresh(paper.doctype, paper.name).workflow_state == "Approved"
		paper = run(paper)
		assert paper.workflow_state == "Executed"
		assert calls.count(calls[0]) == 1 and {row.status for row in paper.rows} <= {"Destroyed", "Kept"}
		assert checking.verify(own.organisation) == []

	def test_hold_after_the_approval_keeps_the_record(self, own):
		left = gone(own)
		paper = approved(own, act(own))
		frappe.db.set_value(LEARNER, left.name, "legal_hold", 1)
		paper = run(paper)
		kept = {row.document: row.note for row in paper.rows if row.status == "Kept"}
		assert kept[left.name] == kept[consent_of(left).name] == "Legal Hold"
		assert frappe.db.get_value(LEARNER, left.name, "full_name") == left.full_name

	def test_files_go_with_their_record(self, own, rest):
		left = gone(own)
		consent = consent_of(left)
		file = attached(rest(own.users["DEP"]), consent, "a.pdf", PDF + left.name.encode())
		check_ok(file)
		doc = frappe.get_doc("File", file.data["name"])
		path = Path(doc.get_full_path())
		assert path.exists()
		run(approved(own, act(own)))
		assert not frappe.db.exists("File", doc.name)
		assert not path.exists()


def test_kinds_are_the_ones_about_children(site):
	"""Every kind that names a child has a term of its own or goes with one that has."""
	named = frappe.get_all(
		"DocField", {"fieldtype": "Link", "options": LEARNER, "parent": ("like", "PPSS %")}, pluck="parent"
	)
	along = {"PPSS Archive Entry", "PPSS Assessment Part", "PPSS Pack"}
	own = {name for name in named if not frappe.get_meta(name).istable}
	assert own - along <= set(records.DATES)
