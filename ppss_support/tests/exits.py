"""Every way a row can leave the site, as calls of a logged-in client."""

import json
from collections.abc import Callable, Iterable

from ppss_support.tests.client import Client

Names = set[str]


def by_list(doctype: str, names: Names) -> dict:
	return {"doctype": doctype, "filters": [[doctype, "name", "in", sorted(names)]]}


# ---- exits that answer with many rows: each returns the names it tells of


def rest_list(client: Client, doctype: str, names: Names) -> Names:
	return client.names(doctype, name=["in", sorted(names)])


def client_list(client: Client, doctype: str, names: Names) -> Names:
	given = {"doctype": doctype, "filters": {"name": ["in", sorted(names)]}, "limit_page_length": 0}
	return named(client.method("frappe.client.get_list", **given))


def list_view(client: Client, doctype: str, names: Names) -> Names:
	given = {**by_list(doctype, names), "fields": ["name"], "page_length": 100}
	answer = client.method("frappe.desk.reportview.get", **given)
	rows = answer.data.get("values", []) if answer.ok and answer.data else []
	return {value for row in rows for value in row if value in names}


def report_view_in_odd_order(client: Client, doctype: str, names: Names) -> Names:
	given = {**by_list(doctype, names), "fields": ["name"], "order_by": "owner, name desc"}
	return named(client.method("frappe.desk.reportview.get_list", **given))


def any_of_two(client: Client, doctype: str, names: Names) -> Names:
	either = [[doctype, "name", "in", sorted(names)], [doctype, "owner", "!=", ""]]
	given = {"doctype": doctype, "or_filters": either, "fields": ["name"], "limit_page_length": 0}
	return named(client.method("frappe.client.get_list", **given)) & names


def search(client: Client, doctype: str, names: Names) -> Names:
	given = {"doctype": doctype, "txt": "", "page_length": 500}
	rows = client.method("frappe.desk.search.search_link", **given)
	found = rows.body.get("results") or rows.data or []
	return {row["value"] for row in found if isinstance(row, dict)} & names


def export(client: Client, doctype: str, names: Names) -> Names:
	given = {**by_list(doctype, names), "fields": json.dumps([f"`tab{doctype}`.`name`"])}
	answer = client.method(
		"frappe.desk.reportview.export_query", **given, file_format_type="CSV", title="x", start=0
	)
	return told(answer.body, names) if answer.ok else set()


LISTS: tuple[Callable, ...] = (
	rest_list,
	client_list,
	list_view,
	report_view_in_odd_order,
	any_of_two,
	search,
)


def named(answer) -> Names:
	return {row["name"] for row in answer.data} if answer.ok and answer.data else set()


def told(body, names: Names) -> Names:
	text = json.dumps(body, ensure_ascii=False)
	return {name for name in names if name in text}


# ---- exits that count


def counts(client: Client, doctype: str, names: Names) -> Iterable[int]:
	"""Return how many of the rows each way of counting tells of."""
	given = by_list(doctype, names)
	for method in ("frappe.client.get_count", "frappe.desk.reportview.get_count"):
		answer = client.method(method, **given)
		yield answer.data if answer.ok else 0
	answer = client.method(
		"frappe.desk.listview.get_group_by_count",
		doctype=doctype,
		current_filters=json.dumps(given["filters"]),
		field="owner",
	)
	yield sum(row["count"] for row in answer.data) if answer.ok and answer.data else 0


# ---- exits that answer about one row: each call must be refused, or say nothing


def single(doctype: str, name: str) -> Iterable[tuple[str, str, dict]]:
	"""Return verb, path and data of each way to open a row or to hang something on it."""
	where, about = {"doctype": doctype, "name": name}, {"reference_doctype": doctype, "reference_name": name}
	one = {"doctype": doctype, "filters": {"name": name}, "fieldname": "creation"}
	method = "/api/method/"
	yield "GET", f"/api/resource/{doctype}/{name}", {}
	yield "POST", f"{method}frappe.client.get", where
	yield "POST", f"{method}frappe.client.get_value", one
	yield "POST", f"{method}frappe.desk.form.load.getdoc", where
	yield "POST", f"{method}frappe.desk.form.load.get_docinfo", where
	yield "POST", f"{method}frappe.desk.form.linked_with.get", {"doctype": doctype, "docname": name}
	yield "POST", f"{method}frappe.desk.form.linked_with.get_submitted_linked_docs", where
	yield "GET", "/printview", where
	yield "GET", f"{method}frappe.utils.print_format.download_pdf", where
	yield "POST", f"{method}frappe.client.set_value", {**where, "fieldname": "owner", "value": "x"}
	yield "PUT", f"/api/resource/{doctype}/{name}", {"owner": "x"}
	yield "DELETE", f"/api/resource/{doctype}/{name}", {}
	yield "POST", f"{method}frappe.desk.form.assign_to.add", {**where, "assign_to": json.dumps([])}
	yield (
		"POST",
		f"{method}frappe.desk.form.utils.add_comment",
		{
			**about,
			"content": "x",
			"comment_email": "x@example.com",
			"comment_by": "x",
		},
	)
	yield "POST", f"{method}frappe.share.add", {**where, "user": "Administrator", "read": 1}


def refused(answer) -> bool:
	"""Tell whether an answer gives nothing away."""
	said = answer.data if answer.data is not None else answer.body.get("docs")
	return not answer.ok or not said
