"""What each paper says, as plain values: the templates only lay it out.

A view reads the document as its reader may: values of permission levels the reader lacks are dropped first, so
that a print shows nothing the form on the screen would not.
"""

import copy

import frappe
from frappe import _
from frappe.utils import cint, getdate

from ppss_support import facts
from ppss_support.paper_view import PaperView
from ppss_support.print_analysis import AnalyticalView
from ppss_support.print_children import DevelopmentCardView, GroupPortraitView, ParticipationView
from ppss_support.print_destruction import DestructionActView
from ppss_support.print_diary import DiaryView
from ppss_support.print_helpers import (
	dated,
	month_name,
	named_in,
	position_of,
	signature_name,
	stem_of,
)
from ppss_support.print_journals import JournalView
from ppss_support.print_pay import PayView
from ppss_support.print_programmes import ProgrammeView
from ppss_support.print_service import ServicePaperView
from ppss_support.print_staff import (
	JobDescriptionView,
	MustKnowSheetView,
	PortfolioListView,
	StaffingTableView,
)
from ppss_support.print_work import (
	ActivityView,
	AnnualPlanSectionView,
	AnnualPlanView,
	AppealView,
	ApplicationView,
	AssignmentView,
	CouncilExtractView,
	EthicsSheetView,
	ExaminationView,
	OrderSheetView,
)

# Clauses an order creating the service rests on, by edition of the regulation.
ORDER_CLAUSES = {"KZ92": "4, 14"}
REFERRAL_CLAUSE = {"KZ92": "15"}
PRINCIPLES_CLAUSE = "5"


def ppss_paper(doc, layout: str | None = None, **options):
	"""Return the view of a paper for its template; registered for Jinja under this very name.

	`layout`: a print format that is not the only one of its DocType; it is made for one kind of paper, or has a
	view of its own.
	"""
	if not suits(layout, doc):
		frappe.throw(_("This layout is made for another kind of paper."))
	view = LAYOUTS.get(layout) or VIEWS[doc.doctype]
	return view(as_read_by_user(doc), **options)


def suits(layout: str | None, doc) -> bool:
	return layout not in KIND_OF_LAYOUT or doc.kind == KIND_OF_LAYOUT[layout]


def as_read_by_user(doc):
	if frappe.flags.ignore_print_permissions:
		return doc
	readable = copy.deepcopy(doc)
	readable.apply_fieldlevel_read_permissions()
	return readable


class ConsentView(PaperView):
	"""The form of the annex, always in Kazakh (KZ92-A): blank, or with the data written over its rules."""

	def __init__(self, doc, blank: bool = False):
		super().__init__(doc)
		self.blank = blank

	@property
	def footer(self) -> list[str]:
		return [] if self.blank else super().footer

	@property
	def representative(self) -> str:
		return "" if self.blank else self.doc.representative_full_name or ""

	@property
	def child(self) -> str:
		return "" if self.blank else self.doc.learner_full_name or ""

	@property
	def child_class(self) -> str:
		return "" if self.blank else self.doc.class_text or ""

	@property
	def signed_on(self) -> frappe._dict | None:
		if self.blank or not self.doc.date_signed:
			return None
		day = getdate(self.doc.date_signed)
		return frappe._dict(day=f"{day.day:02d}", month=month_name(day, "kk"), year=f"{day.year % 100:02d}")


class OrderView(PaperView):
	"""The order creating the service and approving its composition (KZ92-4.2, KZ92-14.1.1a)."""

	TITLE = "ORDER"
	NUMBER = "order_no"
	DATE = "order_date"
	HEADINGS = {
		"Create": "On creating the psychological-pedagogical support service and approving its composition",
		"Change": "On changes in the composition of the psychological-pedagogical support service",
		"Liquidate": "On liquidating the psychological-pedagogical support service",
	}

	@property
	def heading(self) -> str:
		"""Return the heading as written; in another language than the paper's own, the standard one."""
		if self.doc.subject and self.lang == (self.doc.print_language or "kk"):
			return self.doc.subject
		return _(self.HEADINGS[self.doc.order_kind])

	@property
	def basis_line(self) -> str:
		"""Return the act and clauses the order rests on; an edition without such clauses leaves the written basis."""
		clauses = ORDER_CLAUSES.get(self.profile.code)
		if not clauses:
			return self.doc.basis_text or ""
		act = self.profile
		return _("In accordance with clauses {0} of the Rules approved by {1} {2} No {3} “{4}”").format(
			clauses,
			_(act.issuer, context="Issuer of an act"),
			dated(act.act_date, self.lang),
			act.act_number,
			_(act.title_official),
		)

	@property
	def further_basis(self) -> str:
		return self.doc.basis_text if self.basis_line != self.doc.basis_text else ""

	@property
	def points(self) -> list[frappe._dict]:
		"""Return the numbered points; the one with `members` carries the table of the composition."""
		points = [frappe._dict(text=text) for text in self.opening()]
		if self.doc.members and self.doc.order_kind != "Liquidate":
			points.append(
				frappe._dict(text=_("Approve the composition of the service:"), members=self.doc.members)
			)
		texts = self.coordination() + self.earlier_order() + [self.control()]
		return points + [frappe._dict(text=text) for text in texts]

	def opening(self) -> list[str]:
		"""Return what the order begins with; one that creates the service says what it is guided by (KZ92-5)."""
		return {
			"Create": [
				_(
					"Create a psychological-pedagogical support service (hereinafter: the service) in the organisation."
				),
				*filter(None, [self.principles_line]),
			],
			"Liquidate": [_("Liquidate the psychological-pedagogical support service of the organisation.")],
		}.get(self.doc.order_kind, [])

	def coordination(self) -> list[str]:
		if self.doc.order_kind == "Liquidate":
			return []
		leads = [
			f"{position_of(row.specialist, row.position)} {row.full_name}"
			for row in self.doc.members
			if row.is_coordinator
		]
		return [_("The service is coordinated by {0}.").format(", ".join(leads))] if leads else []

	def earlier_order(self) -> list[str]:
		if not self.doc.supersedes:
			return []
		number, day = frappe.db.get_value(
			"PPSS Support Order", self.doc.supersedes, ["order_no", "order_date"]
		)
		return [_("Order {0} No {1} loses force.").format(dated(day, self.lang), number)]

	def control(self) -> str:
		control = self.doc.control_by
		if not control or control == self.doc.head:
			return _("I keep control over the execution of this order.")
		name = facts.full_name("PPSS Specialist", control)
		return _("Control over the execution of this order is with {0}.").format(
			f"{position_of(control)} {name}".strip()
		)

	@property
	def head(self) -> frappe._dict:
		head = self.doc.head
		return frappe._dict(
			position=position_of(head) or _("Head of the organisation"), person=signature_name(head)
		)


class ListView(PaperView):
	"""The list of children of a school year (KZ92-14.2.1c)."""

	TITLE = "List of children with special educational needs for psychological-pedagogical support"

	@property
	def columns(self) -> list[tuple[str, str]]:
		"""Return heading and width of each column."""
		return [
			("№", "5%"),
			(_("Full Name"), "17%"),
			(_("Class"), "10%"),
			(_("Basis of support"), "17%"),
			(_("Measures"), "17%"),
			(_("Programme"), "17%"),
			(_("Responsible"), "17%"),
		]

	@property
	def sections(self) -> list[frappe._dict]:
		"""Return the statutory list, then learners without special needs as a second part (clause 8)."""
		special = [row for row in self.doc.rows if row.section != "Other"]
		others = [row for row in self.doc.rows if row.section == "Other"]
		parts = [frappe._dict(title="", rows=special), frappe._dict(title=_("Other learners"), rows=others)]
		return [part for part in parts if part.rows]

	@property
	def prepared(self) -> frappe._dict:
		return self.person(self.doc.prepared_by)

	def class_of(self, row) -> str:
		return (row.school_class and frappe.get_cached_value("PPSS Class", row.school_class, "title")) or ""

	def programmes(self, row) -> str:
		wanted = (
			(row.needs_idp, _("individual-development programme")),
			(row.needs_cdp, _("correction-development programme")),
			(row.needs_icp, _("individual curriculum and programme")),
			(row.needs_assistant, _("pedagogue-assistant")),
		)
		return "; ".join(label for needed, label in wanted if needed)


class ListExtractView(ListView):
	"""The row of one child on the list, with the number it has there; nothing of any other child."""

	TITLE = "Extract from the list of children for psychological-pedagogical support"

	@property
	def row(self):
		return asked_row(self.doc, self.doc.rows, _("The list has no row {0}."))

	@property
	def row_number(self) -> int:
		"""Return the number the row has in its part of the list."""
		part = next(part for part in self.sections if self.row in part.rows)
		return 1 + part.rows.index(self.row)

	@property
	def certifier(self) -> frappe._dict:
		return self.prepared


class AssessmentView(PaperView):
	"""The protocol of the team's assessment (KZ92-2.3), with the rules it is made by (KZ92-9)."""

	TITLE = "Protocol of the assessment of special educational needs"
	NUMBER = "name"
	DATE = "end_date"

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Learner"), self.learner.full_name),
			(_("Class"), self.learner_class),
			(_("Age"), self.age(doc.start_date)),
			(_("School year"), doc.school_year),
			(_("Consent of the parent or other legal representative"), self.consent_date),
			(_("Assessment begun on"), self.day(doc.start_date)),
			(_("Assessment ended on"), self.day(doc.end_date)),
			(_("Reason of the assessment"), doc.reason),
			(
				_("Basis"),
				_("rules of assessing special educational needs (Law on Education, article 5, 72))"),
			),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def parts(self) -> list:
		fields = ["name", "part", "specialist", "findings", "methods", "completed_on"]
		rows = frappe.get_all(
			"PPSS Assessment Part", {"assessment": self.doc.name}, fields, order_by="creation"
		)
		return [row if self.may_read(row) else self.withheld(row) for row in rows]

	@staticmethod
	def may_read(row) -> bool:
		return bool(
			frappe.flags.ignore_print_permissions
			or frappe.has_permission("PPSS Assessment Part", "read", row.name)
		)

	@staticmethod
	def withheld(row) -> frappe._dict:
		"""A sheet is read by its author, the leader of the team and the administration only."""
		return frappe._dict(row, findings=_("Kept in the sheet of the specialist"), methods="")

	@property
	def needs(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Category"), self.terms(doc.categories)),
			(_("Details of the category"), self.terms(doc.category_details)),
			(_("Impairments"), self.terms(doc.impairments)),
			(_("Limited abilities"), self.limited_abilities()),
			(_("Need of special conditions"), self.term(doc.need_duration)),
			(_("To be reviewed on"), self.day(doc.review_date)),
			(_("Individual features"), doc.individual_features),
			(_("Age features"), doc.age_features),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def signers(self) -> list[frappe._dict]:
		return [self.person(row.specialist) for row in self.doc.team] + [self.deputy()]

	def limited_abilities(self) -> str:
		if self.doc.c3_status == "Proposed":
			return _("proposed, to be confirmed by the PMPC")
		if self.doc.c3_status != "Confirmed by PMPC":
			return ""
		return _("confirmed by the PMPC") + (
			f": {self.basis('PPSS PMPC Recommendation', self.doc.pmpc)}" if self.doc.pmpc else ""
		)


class MinutesView(PaperView):
	"""The minutes of the service as a collegial body (KZ92-4.1)."""

	TITLE = "MINUTES"

	@property
	def order_line(self) -> str:
		order = self.doc.service_order
		found = order and frappe.db.get_value("PPSS Support Order", order, ["order_no", "order_date"])
		return _("Order {0} No {1}").format(dated(found[1], self.lang), found[0]) if found else ""

	@property
	def present(self) -> list:
		return [row for row in self.doc.attendees if row.present]

	@property
	def absent(self) -> list:
		return [row for row in self.doc.attendees if not row.present]

	@property
	def agenda(self) -> list[frappe._dict]:
		"""Return each question with its decisions; decisions that name no question follow as the last part."""
		numbers = {row.idx for row in self.doc.agenda}
		parts = [frappe._dict(row=row, decisions=self.decisions_on({row.idx})) for row in self.doc.agenda]
		loose = [d for d in self.all_decisions if cint(d.agenda_no) not in numbers]
		return parts + ([frappe._dict(row=None, decisions=loose)] if loose else [])

	@property
	def all_decisions(self) -> list:
		return self.doc.get("decisions") or []

	def decisions_on(self, numbers: set[int]) -> list:
		return [row for row in self.all_decisions if cint(row.agenda_no) in numbers]

	def child(self, decision) -> str:
		return facts.full_name("PPSS Learner", decision.learner)

	def votes(self, decision) -> str:
		if not (decision.votes_for or decision.votes_against or decision.abstained):
			return ""
		return _("for {0}, against {1}, abstained {2}").format(
			cint(decision.votes_for), cint(decision.votes_against), cint(decision.abstained)
		)

	def terms_of(self, decision) -> str:
		"""Return who carries the decision out and by when."""
		name = facts.full_name("PPSS Specialist", decision.responsible)
		responsible = name and _("Responsible: {0}").format(name)
		deadline = decision.deadline and _("Deadline: {0}").format(self.day(decision.deadline))
		return ". ".join(part for part in (responsible, deadline) if part)

	def rejected(self, decision) -> bool:
		return decision.outcome == "Rejected"

	@property
	def chair(self) -> str:
		return signature_name(self.doc.chair)

	@property
	def secretary(self) -> str:
		return signature_name(self.doc.secretary)

	@property
	def signers(self) -> list[frappe._dict]:
		return [
			frappe._dict(position=_("Chair"), person=self.chair),
			frappe._dict(position=_("Secretary"), person=self.secretary),
		]


class ExtractView(MinutesView):
	"""One decision with the question it answers; what was heard stays in the minutes, it may name other children."""

	TITLE = "Extract from the minutes"

	@property
	def decision(self):
		return asked_row(self.doc, self.all_decisions, _("The minutes have no decision {0}."))

	@property
	def certifier(self) -> frappe._dict:
		return self.person(self.doc.secretary)

	@property
	def question(self):
		"""Return the question of the decision, unless it names another child."""
		decision = self.decision
		number = cint(decision and decision.agenda_no)
		found = next((row for row in self.doc.agenda if row.idx == number), None)
		return found if found and not self.names_others(found.question or "", decision.learner) else None

	def names_others(self, text: str, learner: str | None) -> bool:
		"""Tell whether another child of the organisation is named in the text, whatever the case of the word.

		A child of the same surname is told by the given name.
		"""
		own = {"organisation": self.doc.organisation}
		children = frappe.get_all("PPSS Learner", own, ["name", "surname", "given_name"])
		surname = next((stem_of(child.surname) for child in children if child.name == learner), None)
		others = (child for child in children if child.name != learner)
		told_by = {
			child.given_name if stem_of(child.surname) == surname else child.surname for child in others
		}
		return named_in(text, told_by)


class ReferralView(PaperView):
	"""The letter to the Psychological Support Centre (KZ92-15.1)."""

	TITLE = "REFERRAL"

	@property
	def addressee(self) -> list[str]:
		centre = frappe.get_cached_doc("PPSS Support Centre", self.doc.centre)
		names = [centre.title, centre.local_executive_body]
		if self.lang == "ru":
			names = [centre.title_ru or names[0], centre.local_executive_body_ru or names[1]]
		return [line for line in (*names, centre.address) if line]

	@property
	def clause_line(self) -> str:
		clause = REFERRAL_CLAUSE.get(self.profile.code)
		if not clause:
			return ""
		return _(
			"In accordance with clause {0} of the Rules approved by {1} {2} No {3}, the following is referred to the Centre:"
		).format(
			clause,
			_(self.profile.issuer, context="Issuer of an act"),
			dated(self.profile.act_date, self.lang),
			self.profile.act_number,
		)

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		day = doc.date or doc.creation
		child = doc.subject != "Parent or Representative"
		parent = doc.subject in ("Parent or Representative", "Both")
		lines = [
			(_("Learner") if child else _("Parent or other legal representative of"), self.learner.full_name),
			(_("Class"), self.learner_class),
			(_("Age"), self.age(day) if child else ""),
			(
				_("Parent or other legal representative"),
				parent and facts.full_name("PPSS Representative", doc.representative),
			),
			(_("Agreement of the representative"), self.day(doc.representative_agreed_on)),
			(_("Consent of the parent or other legal representative"), self.consent_date),
			(_("Decision of the meeting"), self.decision_line(doc.meeting, doc.decision_no)),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def texts(self) -> list[tuple[str, str]]:
		lines = [
			(_("Why the referral is made"), self.doc.get("reason")),
			(_("Support already given"), self.doc.get("support_given")),
			(_("Questions to the Centre"), self.doc.get("questions")),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def enclosures(self) -> list[str]:
		return [line.strip() for line in (self.doc.get("enclosures") or "").splitlines() if line.strip()]

	@property
	def sender(self) -> frappe._dict:
		"""Return who sent the letter by the log; before that the head's post and name."""
		if self.approval:
			return self.approval
		return self.head_of_organisation()


class EthicsView(PaperView):
	"""The acknowledgement of the principles, by the order under which a member works (KZ92-5, PF18)."""

	TITLE = "ACKNOWLEDGEMENT OF ETHICS AND CONFIDENTIALITY"
	mark = ""

	@property
	def number(self) -> str:
		return frappe.db.get_value("PPSS Support Order", self.doc.service_order, "order_no") or ""

	@property
	def basis_line(self) -> str:
		order = frappe.db.get_value(
			"PPSS Support Order", self.doc.service_order, ["order_no", "order_date"], as_dict=True
		)
		text = _("Order No {0} of {1}. The service observes these principles of the Rules (clause {2}):")
		return text.format(order.order_no or "", self.day(order.order_date), PRINCIPLES_CLAUSE)


def asked_row(doc, rows, missing: str):
	"""Return the row an extract is asked for, by the program or in the request.

	Where none is named it is the only one there is: of several none is taken, it could be another child's.
	"""
	wanted = cint(doc.flags.row_no or frappe.form_dict.get("row_no"))
	if not wanted and len(rows) > 1:
		frappe.throw(_("Choose the row for the extract with the button “Print an Extract” of the document."))
	found = next((row for row in rows if row.idx == (wanted or 1)), None)
	if wanted and not found:
		frappe.throw(missing.format(wanted))
	return found


VIEWS = {
	"PPSS Activity": ActivityView,
	"PPSS Annual Plan": AnnualPlanView,
	"PPSS Appointment": JobDescriptionView,
	"PPSS Assistant Assignment": AssignmentView,
	"PPSS Class": GroupPortraitView,
	"PPSS Consent": ConsentView,
	"PPSS Destruction Act": DestructionActView,
	"PPSS Ethics Acknowledgement": EthicsView,
	"PPSS Journal Volume": JournalView,
	"PPSS Learner": DevelopmentCardView,
	"PPSS Learner List": ListView,
	"PPSS Meeting": MinutesView,
	"PPSS Needs Assessment": AssessmentView,
	"PPSS Pay Sheet": PayView,
	"PPSS Programme": ProgrammeView,
	"PPSS Service Paper": ServicePaperView,
	"PPSS Referral": ReferralView,
	"PPSS Staffing Table": StaffingTableView,
	"PPSS Support Order": OrderView,
}
LAYOUTS = {
	"PPSS Acquaintance Sheet": OrderSheetView,
	"PPSS Analytical Report": AnalyticalView,
	"PPSS Annual Plan Section": AnnualPlanSectionView,
	"PPSS Application Letter": ApplicationView,
	"PPSS Council Extract": CouncilExtractView,
	"PPSS Ethics Sheet": EthicsSheetView,
	"PPSS Examination Result": ExaminationView,
	"PPSS Extract from List": ListExtractView,
	"PPSS Extract from Minutes": ExtractView,
	"PPSS Participation Sheet": ParticipationView,
	"PPSS Must Know Sheet": MustKnowSheetView,
	"PPSS Observation Diary": DiaryView,
	"PPSS Portfolio List": PortfolioListView,
	"PPSS Proposal or Application": AppealView,
}
# Layouts for one kind of the papers of their DocType; the default one lays out every kind.
KIND_OF_LAYOUT = {
	"PPSS Analytical Report": "ANALYSIS",
	"PPSS Application Letter": "METHODICAL-HELP",
	"PPSS Certified Journal": "AJ",
	"PPSS Correction Programme": "CDP",
	"PPSS Council Extract": "DISCUSSION",
	"PPSS Examination Result": "DIAGNOSTICS",
	"PPSS Individual Curriculum": "ICP",
	"PPSS Observation Diary": "DIARY",
	"PPSS Proposal or Application": "APPEAL",
}
