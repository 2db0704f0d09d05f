"""What a request must stand before the framework answers it: it names papers its user may read, and columns, no SQL.

Each method of the framework asks for rights anew, and some ask for none; what they share are the names of their
arguments. Whoever may not read a paper gets the same answer whether it exists or not.
"""

import re
from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.utils import now

from ppss_support import facts
from ppss_support.exits import OURS, hidden, readable
from ppss_support.permissions import reads_bytes

DOCTYPES = ("doctype", "dt", "reference_doctype", "ref_doctype", "reminder_doctype", "doc")
NAMES = (
	"name",
	"docname",
	"docnames",
	"dn",
	"doc_name",
	"names",
	"old_name",
	"reference_name",
	"reminder_docname",
)
COPIES = ("doc", "docs", "doctype")
FILTERS = ("filters", "or_filters", "current_filters")
SORTING = ("order_by", "group_by", "field", "searchfield", "aggregate_on_field")
FIELDS = ("fields", "filter_fields")
# A column, of the paper or of one of its tables, with an alias or a direction; several of them; one of the sums.
COLUMN = re.compile(r"(?:[`\w .*]|(?<=\w)-(?=\w))*")
COLUMNS = re.compile(r"(?:[`\w .,]|(?<=\w)-(?=\w))*")
SUM = re.compile(r"(?:count|sum|avg|min|max) ?\((?:[`\w .*]|(?<=\w)-(?=\w))*\)(?: as [`\w]+)?", re.IGNORECASE)
OF_A_LINK = re.compile(r"(\w+)\.(\w+)")
WORDS = re.compile(r"[`.,]+|\s+(?:asc|desc)\b", re.IGNORECASE)
CHART_COLUMNS = ("based_on", "value_based_on", "group_by_based_on", "aggregate_function_based_on")
# What may be hung on a paper, and the fields that name the paper.
HUNG_BY = {
	"Communication": ("reference_doctype", "reference_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Reminder": ("reminder_doctype", "reminder_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
}
VERSION = re.compile(r"^api/v\d+/")
RESOURCES = ("api/resource/", "api/document/", "api/doctype/")
# A form not yet saved goes by such a name.
UNSAVED = "new"
# These count, list or change rows by rights of their own or by none; nothing of ours needs them.
CLOSED = frozenset(
	{
		"frappe.desk.doctype.tag.tag.get_tagged_docs",
		"frappe.geo.utils.get_coords",
		"frappe.utils.goal.get_monthly_goal_graph_data",
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
	}
)
# Arguments that name a function to be called: past the checks of this module, so only lists of choices may be named.
CALLS = ("method", "tree_method", "query")
CHOICES = re.compile(r"frappe\.[\w.]*(?:query|\.get_children)")
# These answer about one paper by themselves, or about no row at all.
OPEN = frozenset(
	{
		"frappe.client.validate_link",
		"frappe.desk.form.load.getdoctype",
		"frappe.desk.search.get_link_title",
	}
)
# What the framework notes without an event: prints, files, exports.
TAKING = re.compile(r"private/files/|printview|(?:api/method/)?frappe\.\S*(?:print_format|export|download)")
# Reading a whole paper this way is an opening; the form notes its own.
OPENING = frozenset({"frappe.client.get", "frappe.www.printview.get_html_and_style"})


def stand():
	"""Refuse the request if it asks about our papers past the rules; note who opens one (KZ92-5.5)."""
	asked, path = frappe.form_dict, frappe.local.request.path.strip("/")
	frappe.flags.ppss_begun = now()
	if frappe.session.user == "Administrator":
		return
	if address := f"/{path}" if path.startswith("private/files/") else asked.get("file_url"):
		# The framework lets whoever has sent a file keep it.
		refuse_if(not reads_bytes(frappe._dict(file_url=address)))
	path = VERSION.sub("api/", path)
	# The framework looks at this argument first, whatever the path.
	command = asked.get("cmd") or (path.startswith("api/method/") and path.removeprefix("api/method/"))
	if command:
		if not command.startswith("ppss_support.") and command not in OPEN:
			stand_command(command, asked)
	elif path.startswith(RESOURCES):
		stand_resource(*path.split("/", 3)[1:])
	elif path == "printview":
		check_papers(named(asked))


def stand_resource(kind: str, doctype: str, name: str = ""):
	if kind == "document":
		# In the second version of the interface a method may follow the name.
		name = name.partition("/")[0]
	if not name or kind == "doctype":
		return check_listing({doctype}, frappe.form_dict)
	check_papers([(doctype, name)])
	if frappe.local.request.method == "GET" and "run_method" not in frappe.form_dict:
		note_opening(doctype, name)


def stand_command(command: str, asked: dict):
	refuse_if(command in CLOSED and OURS in frappe.as_json(asked))
	refuse_if(calls_past_the_gate(asked) or brings_columns(asked))
	check_listing(set(kinds_in(asked)), asked)
	papers = list(named(asked))
	check_papers(papers)
	if command in OPENING:
		for paper in papers:
			note_opening(*paper)


def refuse_if(wrong: bool):
	if wrong:
		raise frappe.PermissionError


def is_ours(doctype) -> bool:
	return isinstance(doctype, str) and doctype.startswith(OURS)


# ---- papers a request names


def named(asked: dict) -> Iterator[tuple[str, str]]:
	"""Return (DocType, name) of each paper the arguments name, by itself or as the sender's copy of it."""
	for kind in (asked.get(key) for key in DOCTYPES):
		for key in NAMES if is_ours(kind) else ():
			yield from ((kind, name) for name in listed(asked.get(key)))
	for key in COPIES:
		for given in listed(asked.get(key)):
			yield from papers_in(given, asked)


def listed(value) -> list:
	"""Return the value as a list, read from JSON where it is that."""
	parsed = parsed_of(value)
	return parsed if isinstance(parsed, list) else [parsed] if parsed else []


def parsed_of(value):
	if not isinstance(value, str) or value[:1] not in ("[", "{"):
		return value
	try:
		return frappe.parse_json(value)
	except ValueError:
		return value


def papers_in(given, asked: dict) -> Iterator[tuple[str, str]]:
	if isinstance(given, str) and is_ours(asked.get("dt")):
		yield asked["dt"], given
	if not isinstance(given, dict):
		return
	if is_ours(given.get("doctype")):
		yield given["doctype"], given.get("name") or given.get("docname")
	for kind, names in given.items():
		# A print of several kinds sends {DocType: [names]}.
		if is_ours(kind) and isinstance(names, list):
			yield from ((kind, name) for name in names)


def check_papers(papers: Iterable[tuple[str, str]]):
	"""Refuse rows of tables, which are read and written with their paper, and papers out of reach or not there."""
	for doctype, name in papers:
		if is_ours(doctype) and name:
			# In place of a name the framework takes conditions, too, and would tell whether any row meets them.
			refuse_if(not isinstance(name, str | int) or frappe.is_table(doctype))
			refuse_if(out_of_reach(doctype, str(name)))


def out_of_reach(doctype: str, name: str) -> bool:
	begun = name.startswith(UNSAVED) and not frappe.db.exists(doctype, name)
	return not begun and not readable(doctype, name)


def note_opening(doctype: str, name: str):
	if is_ours(doctype):
		frappe.get_doc(doctype, name).add_viewed()


# ---- lists


def kinds_in(asked: dict) -> Iterator[str]:
	"""Return the DocTypes whose rows are asked for, by a list, a number card or a chart."""
	yield asked.get("doctype")
	for key in ("doc", "chart"):
		given = parsed_of(asked.get(key))
		yield given.get("document_type") if isinstance(given, dict) else None


def check_listing(kinds: set[str], asked: dict):
	"""Refuse what is no plain name of a column, and columns the user may not read: a filter tells them by yes and no."""
	columns = [name for key in FILTERS for name in filtered_by(asked.get(key))]
	columns += [
		text for key in (*SORTING, "stats") for text in listed(asked.get(key)) if isinstance(text, str)
	]
	shown = [field for key in FIELDS for field in split_fields(asked.get(key))]
	refuse_if(any(not COLUMNS.fullmatch(text) for text in columns))
	refuse_if(any(not (COLUMN.fullmatch(field) or SUM.fullmatch(field)) for field in shown))
	for doctype in filter(is_ours, kinds):
		refuse_if(frappe.is_table(doctype))
		meta = frappe.get_meta(doctype)
		above = hidden(meta)
		check_linked(meta, shown, above, asked)
		refuse_if(bool({word for text in columns for word in WORDS.split(text)} & above))
		# Choosing in a link would show what the user's lists do not.
		asked.pop("ignore_user_permissions", None)


def check_linked(meta, shown: list[str], above: set[str], asked: dict):
	"""Refuse columns of the papers linked to but for their titles; of these leave out what the user may not read.

	The Desk asks for the titles of all links of a list, and shows the name where none comes.
	"""
	linked = {field: kind for field in shown if (kind := kind_linked(meta, field))}
	refuse_if(any(not is_title(kind, field) for field, kind in linked.items()))
	unread = {f for f, kind in linked.items() if link_of(f) in above or not frappe.has_permission(kind)}
	if unread:
		asked["fields"] = frappe.as_json([field for field in shown if field not in unread])


def kind_linked(meta, field: str) -> str | None:
	"""Return the DocType a column is taken from, where it is that of a paper linked to."""
	df = meta.get_field(link_of(field))
	return df.options if df and df.fieldtype == "Link" else None


def link_of(field: str) -> str | None:
	found = OF_A_LINK.match(field)
	return found[1] if found else None


def is_title(doctype: str, field: str) -> bool:
	"""Tell whether the column is the title that lists show in place of the name of a paper linked to."""
	meta = frappe.get_meta(doctype)
	return bool(meta.show_title_field_in_link) and OF_A_LINK.match(field)[2] == meta.title_field


def filtered_by(given) -> Iterator[str]:
	"""Return the columns that filters name, in each of the forms the framework takes."""
	parsed = parsed_of(given)
	if isinstance(parsed, dict):
		yield from map(str, parsed)
	for one in parsed if isinstance(parsed, list) else ():
		if isinstance(one, dict):
			yield from map(str, one)
		elif isinstance(one, list):
			yield from map(str, one[: 2 if len(one) > 3 else 1])
		else:
			# Alone it would be taken for a condition as it stands.
			yield f"({one})"


def split_fields(given) -> list[str]:
	parsed = parsed_of(given)
	fields = parsed if isinstance(parsed, list) else str(parsed).split(",") if parsed else []
	return [str(field).strip() for field in fields if field]


# ---- ways around


def calls_past_the_gate(asked: dict) -> bool:
	named_calls = (str(asked.get(key) or "") for key in CALLS)
	return any(call.startswith("frappe.") and not CHOICES.fullmatch(call) for call in named_calls)


def brings_columns(asked: dict) -> bool:
	"""Tell whether a column of our papers is added to a report: it would hold the values of every row."""
	columns = [one for key in ("custom_columns", "columns") for one in listed(asked.get(key))]
	return any(isinstance(one, dict) and is_ours(one.get("doctype")) for one in columns)


# ---- saving


def written_as_it_stands(doc, method=None):
	"""A paper is written by whoever may write it as it stands, not as the sender says it stands; its maker stays."""
	before = doc.get_doc_before_save()
	if not is_ours(doc.doctype) or doc.flags.ignore_permissions:
		return
	if not before:
		# A corrected paper takes over the files of the one it corrects.
		return refuse_if(bool(corrected := doc.get("amended_from")) and not readable(doc.doctype, corrected))
	doc.owner, doc.creation = before.owner, before.creation
	right = {"validate": "write", "before_cancel": "cancel"}.get(method, "submit")
	refuse_if(not frappe.has_permission(doc.doctype, right, before))


def hung_on_what_is_read(doc, method=None):
	"""Nobody follows, files, tags or assigns by hand a paper they may not read: its news would reach them."""
	paper, name = (doc.get(field) for field in HUNG_BY[doc.doctype])
	if is_ours(paper) and name and not doc.flags.ignore_permissions:
		refuse_if(out_of_reach(paper, str(name)))


def file_of_ones_own(file, method=None):
	"""A row of a file is not turned to the bytes of another; a new one is asked about before the bytes are read."""
	turned = not file.is_new() and file.has_value_changed("file_url") and not file.flags.ignore_permissions
	refuse_if(turned and not reads_bytes(file))


def attached_are_ones_own(doc, method=None):
	"""What a client writes into a field for a file hangs that file on the paper, and shows it to the paper's readers."""
	if not is_ours(doc.doctype) or doc.flags.ignore_permissions or not getattr(frappe.local, "request", None):
		return
	for df in doc.meta.get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))}):
		address = str(doc.get(df.fieldname) or "")
		# attachments.py has asked about those it has moved among the private ones.
		asked = not address.startswith("/") or address in (doc.flags.taken_over or ())
		if not asked and doc.has_value_changed(df.fieldname):
			refuse_if(not reads_bytes(frappe._dict(file_url=address)))


@frappe.whitelist()
def chart(chart_name: str | None = None, chart: str | dict | None = None, filters=None, **asked):
	"""Draw a chart of what the user may see, from no store that others share."""
	drawn = (
		frappe.get_doc("Dashboard Chart", chart_name).as_dict() if chart_name else frappe.parse_json(chart)
	)
	if not is_ours(drawn.get("document_type")):
		return dashboard_chart.get(chart_name=chart_name, chart=chart, filters=filters, **asked)
	# The calendar of a year counts every row.
	refuse_if(drawn.get("type") == "Heatmap")
	columns = [drawn.get(key) for key in CHART_COLUMNS]
	check_listing(
		{drawn["document_type"]}, {"filters": filters or drawn.get("filters_json"), "stats": columns}
	)
	drawn["filters_json"] = frappe.as_json(parsed_of(filters or drawn.get("filters_json")) or [])
	answer = dashboard_chart.get(chart=frappe.as_json(drawn), no_cache=1)
	if answer and drawn.get("chart_type") == "Group By":
		# The framework names the groups by their values: states and choices are read in the reader's language.
		answer["labels"] = [_(label) for label in answer["labels"]]
	return answer


# ---- from where


def note_address(doc, method=None):
	"""Write down from where a paper was opened."""
	doc.ppss_ip = facts.address_of_request()


def note_addresses(request):
	"""Write the address into what the framework has just noted of prints, files and exports."""
	begun = frappe.flags.ppss_begun
	if not begun or not TAKING.match(request.path.strip("/")):
		return
	log = frappe.qb.DocType("Access Log")
	own = (log.user == frappe.session.user) & (log.creation >= begun) & log.ppss_ip.isnull()
	frappe.qb.update(log).set(log.ppss_ip, facts.address_of_request()).where(own).run()
	frappe.db.commit()
