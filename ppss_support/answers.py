"""Turns findings of the rules into what the user reads: a refusal with its code and clause, or a warning."""

from collections.abc import Iterable

import frappe
from frappe import _

from ppss_support.exceptions import RuleRefused
from ppss_support.regulation import messages
from ppss_support.regulation.finding import Finding, Label, split


def text_of(finding: Finding, lang: str | None = None, profile: str | None = None) -> str:
	"""Return the message in the language, the user's own unless another is named; its labels are translated.

	`profile`: the regulation profile whose act the message cites, where it has a wording of its own.
	"""
	params = [label_text(p, lang) if isinstance(p, Label) else p for p in finding.params]
	return messages.render(finding.code, lang or frappe.local.lang, *params, profile=profile)


def label_text(label: Label, wanted: str | None = None) -> str:
	"""Term codes are shown by the term's own label, other labels by their translation."""
	wanted = wanted or frappe.local.lang
	# A tuple: the cache of values needs a key it can hash. Kyrgyz falls back to Russian, as messages do.
	fields = {
		"kk": ("label_kk", "title"),
		"ru": ("label_ru", "title"),
		"ky": ("label_ky", "label_ru", "title"),
	}
	fields = fields.get(wanted, ("title",))
	term = frappe.db.get_value("PPSS Term", str(label), fields, cache=True)
	own = next(filter(None, term if isinstance(term, tuple) else (term,)), None) if term else None
	return own or _(str(label), wanted)


def answer(
	findings: Iterable[Finding], exc: type[Exception] = RuleRefused, profile: str | None = None
) -> list[str]:
	"""Refuse when any finding refuses; else show the warnings and return their texts.

	Raises `exc` with every refusal at once, so that the user mends all of them in one go.
	"""
	refusals, warnings = split(findings)
	if refusals:
		refuse([text_of(f, profile=profile) for f in refusals], [f.code for f in refusals], exc)
	texts = [text_of(f, profile=profile) for f in warnings]
	for text in texts:
		frappe.msgprint(text, indicator="orange", alert=True)
	return texts


def refuse(texts: list[str], codes: list[str], exc: type[Exception] = RuleRefused):
	"""Raise `exc` with these texts; the codes go with the answer for whoever reads it by program."""
	frappe.local.response["ppss_codes"] = codes
	frappe.throw(texts if len(texts) > 1 else texts[0], exc, title=_("Not possible"), as_list=len(texts) > 1)
