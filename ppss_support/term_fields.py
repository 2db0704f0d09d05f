"""The terms a document names are of the kinds its fields take: asked of every save, by whatever door it comes."""

from collections.abc import Iterator

import frappe

from ppss_support.answers import answer
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.terms import kinds_of

TERM = "PPSS Term"


def check_kinds(doc, method: str | None = None):
	"""Refuse with A08 each term of another kind; runs before the rules, which rely on it."""
	named = list(terms_named(doc))
	codes = list({code for _field, code, _kinds in named})
	kind_of = (
		dict(frappe.get_all(TERM, {"name": ("in", codes)}, ["name", "kind"], as_list=True)) if codes else {}
	)
	answer(
		Finding.of("A08", Label(code), code, Label(field))
		for field, code, kinds in named
		# A term that is not there at all is the framework's to refuse.
		if code in kind_of and kind_of[code] not in kinds
	)


def terms_named(doc) -> Iterator[tuple[str, str, frozenset[str]]]:
	"""Yield (label of the field, term, kinds it takes) for the document and the rows of its tables."""
	for part in (doc, *doc.get_all_children()):
		for df in part.meta.get_link_fields():
			# A row of a choice of several terms stands for the field it is chosen in.
			row = part.doctype == "PPSS Term Item"
			owner, name = (doc, part.parentfield) if row else (part, df.fieldname)
			kinds = kinds_of(owner.doctype, name)
			if df.options == TERM and kinds and part.get(df.fieldname):
				yield owner.meta.get_label(name), part.get(df.fieldname), kinds
