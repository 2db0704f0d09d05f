"""Prints the papers: one renderer for button, list and archive, so that a paper looks the same from every door."""

import frappe
from frappe.utils import getdate
from frappe.utils import print_format as framework

MONTHS_KK = ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"]
MONTHS_RU = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]


def month_name(day, lang: str = "kk") -> str:
	"""Return the month in words: Kazakh nominative as in the consent form, Russian genitive as in dates."""
	return (MONTHS_RU if lang == "ru" else MONTHS_KK)[getdate(day).month - 1]


@frappe.whitelist()
def download_pdf(
	doctype, name, format=None, doc=None, no_letterhead=0, language=None, letterhead=None, **kwargs
):
	"""Send a paper as PDF: ours by our renderer, everything else by the framework's."""
	return framework.download_pdf(doctype, name, format, doc, no_letterhead, language, letterhead, **kwargs)
