"""A statement of withdrawal made on the page: it takes effect at once, by the same step as in the Desk (KZ92-11.1).

The law asks for consent and names no form of taking it back (D-14). Whoever gave the consent has signed in and stated in
words that it is withdrawn; to go on until somebody in the office looks would be support without consent. So the step is
the representative's own, its guards and effects are those of the Desk, and the school is told by them.
"""

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.paper_view import PaperView
from ppss_support.papers import PAGE
from ppss_support.parents.children import Child
from ppss_support.parents.copies import printed_for_parents
from ppss_support.pdf.archival import render_pdfa
from ppss_support.print_helpers import long_date

DOCTYPE = "PPSS Consent"
LONGEST_REASON = 500


class StatementView(PaperView):
	"""The statement as a paper of the school: letterhead, who states what, when and how."""

	TITLE = "STATEMENT OF WITHDRAWAL OF CONSENT"
	mark = ""

	def __init__(self, doc, made_at, words: str):
		super().__init__(doc)
		self.made_at, self.words = made_at, words

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Parent or other legal representative"), doc.representative_full_name),
			(_("Learner"), doc.learner_full_name),
			(_("Class"), doc.class_text),
			(_("Consent given on"), long_date(doc.date_signed, self.lang)),
			(_("Reason, in the representative's words"), self.words),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def origin(self) -> str:
		"""Return how the statement came about: it bears no signature by hand."""
		day = long_date(self.made_at, self.lang)
		text = _("Made on the parents' page on {0} at {1} under the login {2}; not signed by hand.")
		return text.format(day, self.made_at.strftime("%H:%M"), frappe.session.user)


def withdraw(child: Child, name: str, words: str):
	"""Withdraw the representative's own consent today, with the statement attached; effects and notices follow.

	The caller has asked whose consent it is. Raises RuleRefused when the rules of the step refuse.
	"""
	# First the turn, then the paper: a statement sent twice finds the consent withdrawn.
	facts.take_turn(child.organisation)
	consent = frappe.get_doc(DOCTYPE, name)
	consent.withdrawn_on = getdate()
	consent.withdrawal_statement = attach(consent, words.strip()[:LONGEST_REASON])
	# A parent has no right to the DocType; that this consent is the representative's own is asked by page and rule.
	consent.flags.ignore_permissions = True
	consent.take_step(states.WITHDRAWN, _("Statement made on the parents' page", consent.print_language))


def attach(consent, words: str) -> str:
	"""Keep the statement as a private file of the consent; return its address."""
	file = frappe.new_doc("File")
	file.update(
		{
			"file_name": f"{consent.name}-statement.pdf",
			"content": written(consent, words),
			"is_private": 1,
			"attached_to_doctype": consent.doctype,
			"attached_to_name": consent.name,
		}
	)
	# As above: the file belongs to a paper its author has no right to.
	file.insert(ignore_permissions=True)
	return file.file_url


def written(consent, words: str) -> bytes:
	with printed_for_parents():
		view = StatementView(consent, now_datetime(), words)
		body = frappe.render_template("templates/parents/statement.html", {"p": view}, is_path=True)
	return render_pdfa(PAGE.format(lang=view.lang, title=consent.name, body=body))
