"""What every paper has: head and foot, approval, signatures, and words in its language."""

import frappe
from frappe import _
from frappe.utils import cint, flt

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.print_helpers import (
	age_on,
	approval_of,
	last_step,
	long_date,
	option_label,
	paper_language,
	position_of,
	short_date,
	signature_name,
	term_label,
	term_labels,
	years_of_age,
)


class PaperView:
	TITLE = ""
	NUMBER = "number"
	DATE = "date"

	def __init__(self, doc):
		self.doc = doc
		self.lang = paper_language()
		self.approval = approval_of(doc)

	# ---- head and foot of every paper

	@property
	def organisation(self):
		return facts.organisation(self.doc.organisation)

	@property
	def letterhead(self) -> list[str]:
		"""Return the names of the organisation, the state language first, Russian second."""
		own = self.organisation
		first = own.name_ky if self.profile.default_language == "ky" and own.name_ky else own.name_kk
		return [name for name in (first, own.name_ru) if name]

	@property
	def profile(self):
		code = self.doc.get("regulation_profile") or self.organisation.regulation_profile
		return frappe.get_cached_doc("PPSS Regulation Profile", code)

	@property
	def place(self) -> str:
		own = self.organisation
		return (own.place_ru if self.lang == "ru" else own.place_kk) or own.place_kk or own.place_ru or ""

	@property
	def title(self) -> str:
		return _(self.TITLE)

	# ---- what the act says

	@property
	def principles(self) -> list[str]:
		"""Return the principles of the act the paper is of, in its order (KZ92-5)."""
		filters = {"kind": "Principle", "regulation_profile": self.profile.code}
		return [
			self.term(code) for code in frappe.get_all("PPSS Term", filters, pluck="name", order_by="name")
		]

	@property
	def principles_line(self) -> str:
		text = _("In its work the service observes the principles of the Rules: {0}.")
		return text.format("; ".join(self.principles)) if self.principles else ""

	@property
	def number(self) -> str:
		return str(self.doc.get(self.NUMBER) or "")

	@property
	def date(self) -> str:
		return long_date(self.doc.get(self.DATE), self.lang)

	@property
	def mark(self) -> str:
		"""Return the word across the page of a paper that has no force."""
		return {0: _("DRAFT"), 2: _("CANCELLED")}.get(cint(self.doc.docstatus), "")

	@property
	def footer(self) -> list[str]:
		name = "" if self.doc.is_new() else self.doc.name
		index = self.doc.get("archive_index") and _("Archive index: {0}").format(self.doc.archive_index)
		return [part for part in (name, index) if part]

	@property
	def approver(self) -> frappe._dict:
		"""Return the approval of the log; before it the head's post with an empty line to sign."""
		if self.approval:
			return frappe._dict(self.approval, date=long_date(self.approval.day, self.lang))
		return frappe._dict(self.head, person="", date=long_date(None, self.lang))

	# ---- small words

	def day(self, value) -> str:
		return long_date(value, self.lang) if value else ""

	def short(self, value) -> str:
		return short_date(value)

	def short_or_line(self, value) -> str:
		return short_date(value) or "__.__.20__"

	def term(self, code) -> str:
		return term_label(code, self.lang)

	def terms(self, rows) -> str:
		return term_labels([row.term for row in rows or []], self.lang)

	def option(self, value) -> str:
		return option_label(value)

	def signer(self, specialist) -> str:
		return signature_name(specialist)

	def position(self, specialist, written=None) -> str:
		return position_of(specialist, written)

	def number_words(self, value) -> str:
		return f"{flt(value):g}".replace(".", "," if self.lang != "en" else ".")

	# ---- the child

	@property
	def learner(self) -> frappe._dict:
		fields = ["full_name", "birth_date", "school_class"]
		return frappe.db.get_value("PPSS Learner", self.doc.learner, fields, as_dict=True) or frappe._dict()

	@property
	def learner_class(self) -> str:
		return facts.class_title(self.doc.learner) or ""

	def age(self, day) -> str:
		born = self.learner.birth_date
		return years_of_age(age_on(born, day), self.lang) if born and day else ""

	@property
	def consent_date(self) -> str:
		return self.day(
			self.doc.consent and frappe.db.get_value("PPSS Consent", self.doc.consent, "date_signed")
		)

	def basis(self, doctype, name) -> str:
		"""Return number and date of the paper the support rests on."""
		if not name:
			return ""
		if doctype == "PPSS PMPC Recommendation":
			paper = frappe.db.get_value(doctype, name, ["pmpc_name", "number", "date"], as_dict=True)
			return (
				_("PMPC recommendation No {0}, {1}").format(paper.number, short_date(paper.date))
				+ f" ({paper.pmpc_name})"
			)
		ended = frappe.db.get_value(doctype, name, "end_date")
		return _("Assessment No {0}, {1}").format(name, short_date(ended))

	def decision_line(self, meeting: str | None, number: int | None) -> str:
		"""Return minutes and number of the decision a paper rests on."""
		found = meeting and frappe.db.get_value("PPSS Meeting", meeting, ["number", "date"])
		if not found:
			return ""
		return _("minutes No {0}, {1}, decision {2}").format(found[0] or "", self.day(found[1]), cint(number))

	def person(self, specialist) -> frappe._dict:
		"""Return a line of the signatures: post and name."""
		return frappe._dict(position=position_of(specialist), person=signature_name(specialist))

	@property
	def head(self) -> frappe._dict:
		return self.head_line(self.organisation.head)

	@staticmethod
	def head_line(specialist) -> frappe._dict:
		"""Return the head's line of the signatures: post and name, the post alone where nobody is named."""
		post = position_of(specialist) or _("Head of the organisation")
		return frappe._dict(position=post, person=signature_name(specialist))

	def deputy(self) -> frappe._dict:
		"""Return the deputy head who confirmed or passed on the paper, else an empty line with the post."""
		for state in (states.CONCLUDED, states.WITH_HEAD):
			step = last_step(self.doc, state)
			if step:
				return step
		return frappe._dict(position=_("Deputy head of the organisation"), person="")


def readable(doctype: str, filters: dict | list, fields: list[str], order_by: str) -> list[frappe._dict]:
	"""Return the rows the reader of the paper may read; nothing where the role reads none of the kind."""
	if frappe.flags.ignore_print_permissions:
		return frappe.get_all(doctype, filters, fields, order_by=order_by)
	if not frappe.has_permission(doctype, "read"):
		return []
	return frappe.get_list(doctype, filters, fields, order_by=order_by, limit_page_length=0)
