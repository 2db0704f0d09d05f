"""What people type stays text: no tag of it reaches a browser, whatever state the paper is in.

The framework cleans texts of drafts, leaves those of papers being approved or cancelled as they were typed, and takes
whatever reads as JSON for data. The Desk shows texts as they are kept, so they are made harmless where they come in.
"""

import re

from frappe.utils import sanitize_html

OURS = "PPSS "
PLAIN = frozenset({"Data", "Small Text", "Text", "Long Text"})
RICH = frozenset({"HTML Editor", "Text Editor"})
# Texts of the framework's own that everybody writes about our papers.
REMARKS = frozenset({"Comment", "Communication", "Notification Log", "Reminder", "ToDo"})
# The first signs of a tag, a closing tag, a comment or an instruction.
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
# How a text begins that a spreadsheet takes for a formula: exports write texts as they are kept.
FORMULA = re.compile(r"^(?=[=@]|[+-][a-zA-Z(@])")


def plain(text):
	"""Return a text in which no tag and no formula begins any more: a blank stands after or before the sign."""
	return FORMULA.sub(" ", TAG.sub("< ", text)) if isinstance(text, str) else text


def harmless(html: str) -> str:
	"""Return HTML without anything that runs; a sign before it keeps the framework from taking it for JSON."""
	return sanitize_html(f".{html}")[1:] if TAG.search(html) else html


def keep_texts(doc, method=None):
	"""Clean a document before it is judged and kept; a doc event of every kind of document."""
	ours = doc.doctype.startswith(OURS)
	if not ours and doc.doctype not in REMARKS:
		return
	for one in (doc, *doc.get_all_children()):
		for df in one.meta.fields:
			value = one.get(df.fieldname)
			if not isinstance(value, str):
				continue
			if df.fieldtype in RICH or (not ours and df.fieldtype in PLAIN):
				one.set(df.fieldname, harmless(value))
			elif df.fieldtype in PLAIN:
				one.set(df.fieldname, plain(value))
