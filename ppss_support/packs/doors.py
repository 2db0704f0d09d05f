"""What buttons call; whoever may make a pack of their own may make these."""

import frappe
from frappe.utils import cint

from ppss_support.packs import choice, jobs
from ppss_support.regulation import packs


@frappe.whitelist()
def consents_for_class(school_class: str, blank: int | str = 0) -> str:
	"""Begin a pack with a consent for each child of the class; return its name."""
	scope = packs.BLANK_CONSENTS if cint(blank) else packs.PREPARED_CONSENTS
	chosen = frappe.get_doc("PPSS Class", school_class)
	chosen.check_permission("read")
	frappe.has_permission("PPSS Consent", "print" if cint(blank) else "create", throw=True)
	values = {"scope": scope, "school_class": school_class, "organisation": chosen.organisation}
	return frappe.get_doc({"doctype": "PPSS Pack", **values}).insert().name


@frappe.whitelist()
def of_documents(doctype: str, names: str | list, output: str = "One PDF") -> str:
	"""Begin a pack of the documents chosen in a list; return its name."""
	items = [{"document_type": doctype, "document": name} for name in frappe.parse_json(names)]
	values = {"scope": packs.CHOSEN, "output": output, "items": items}
	return frappe.get_doc({"doctype": "PPSS Pack", **values}).insert().name


@frappe.whitelist(methods=["POST"])
def try_again(pack: str):
	"""Let a pack be made anew that failed or leaves papers out; for whoever may read it, as its maker."""
	frappe.get_doc("PPSS Pack", pack).check_permission("read")
	jobs.again(pack)


@frappe.whitelist()
def kinds() -> list[str]:
	"""Return the kinds of papers the user may print: the DocTypes themselves are not theirs to read."""
	return sorted(doctype for doctype in choice.paper_types() if frappe.has_permission(doctype, "print"))
