"""Every way a row can leave the site, as calls of a logged-in client."""

import json
from collections.abc import Callable

import frappe

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
	given = {**by_list(doctype, names), "fields": ["name", *titles(doctype)], "page_length": 100}
	answer = client.method("frappe.desk.reportview.get", **given)
	rows = answer.data.get("values", []) if answer.ok and answer.data else []
	return {value for row in rows for value in row if value in names}


def titles(doctype: str) -> list[str]:
	"""Return the columns by which the Desk shows titles in place of the names linked to."""
	links = {df.fieldname: frappe.get_meta(df.options) for df in frappe.get_meta(doctype).get_link_fields()}
	shown = {field: meta.title_field for field, meta in links.items() if meta.show_title_field_in_link}
	return [f"{field}.{title} as {field}_{title}" for field, title in shown.items()]


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


def template_with_rows(client: Client, doctype: str, names: Names) -> Names:
	"""The template of the import, filled with rows."""
	given = {"export_fields": json.dumps({doctype: ["name"]}), "export_records": "by_filter"}
	chosen = json.dumps([[doctype, "name", "in", sorted(names)]])
	path = "frappe.core.doctype.data_import.data_import.download_template"
	answer = client.method(path, doctype=doctype, **given, export_filters=chosen, file_type="CSV")
	return told(answer.body, names) if answer.ok else set()


def data_export(client: Client, doctype: str, names: Names) -> Names:
	given = {"doctype": doctype, "with_data": 1, "all_doctypes": 0, "file_type": "CSV"}
	path = "frappe.core.doctype.data_export.exporter.export_data"
	answer = client.method(path, **given, filters=json.dumps({"name": ["in", sorted(names)]}))
	return told(answer.body, names) if answer.ok else set()


def export(client: Client, doctype: str, names: Names) -> Names:
	given = {**by_list(doctype, names), "fields": json.dumps([f"`tab{doctype}`.`name`"])}
	answer = client.method(
		"frappe.desk.reportview.export_query", **given, file_format_type="CSV", title="x", start=0
	)
	return told(answer.body, names) if answer.ok else set()


def with_rows_of_tables(client: Client, doctype: str, names: Names) -> Names:
	"""A list joined with the rows of the first table of the paper."""
	table = frappe.get_meta(doctype).get_table_fields()[:1]
	fields = ["name", *(f"`tab{df.options}`.`name` as row_name" for df in table)]
	given = {**by_list(doctype, names), "fields": json.dumps(fields)}
	return named(client.method("frappe.desk.reportview.get_list", **given))


def calendar(client: Client, doctype: str, names: Names) -> Names:
	days = {"start": "2000-01-01", "end": "2099-01-01"}
	by = json.dumps({"start": "creation", "end": "creation", "title": "name"})
	given = {"doctype": doctype, "filters": json.dumps([[doctype, "name", "in", sorted(names)]])}
	return named(client.method("frappe.desk.calendar.get_events", **given, **days, field_map=by))


def web_list(client: Client, doctype: str, names: Names) -> Names:
	answer = client.method("frappe.www.list.get_list_data", doctype=doctype, limit=1000)
	return named(answer) & names


def choice_without_bounds(client: Client, doctype: str, names: Names) -> Names:
	"""The choice in a link that asks to leave out user permissions."""
	given = {"doctype": doctype, "txt": "", "filters": {"name": ["in", sorted(names)]}}
	rows = client.method("frappe.desk.search.search_widget", **given, ignore_user_permissions=1)
	return {row[0] for row in rows.body.get("values") or []}


def global_search(client: Client, doctype: str, names: Names) -> Names:
	"""Ours are in no index: what is found would have left by a list as well."""
	found = client.method("frappe.utils.global_search.search", text=min(names), doctype=doctype)
	assert not found.data, found
	return rest_list(client, doctype, names)


LISTS: tuple[Callable, ...] = (
	rest_list,
	client_list,
	list_view,
	report_view_in_odd_order,
	any_of_two,
	search,
	with_rows_of_tables,
	calendar,
	web_list,
	choice_without_bounds,
	global_search,
)


EXPORTS: tuple[Callable, ...] = (export, template_with_rows, data_export)


def named(answer) -> Names:
	return {row["name"] for row in answer.data} if answer.ok and answer.data else set()


def told(body, names: Names) -> Names:
	text = json.dumps(body, ensure_ascii=False)
	return {name for name in names if name in text}


# ---- exits that count: each returns how many of the rows it tells of


def client_count(client: Client, doctype: str, names: Names) -> int:
	return number(client.method("frappe.client.get_count", **by_list(doctype, names)))


def list_count(client: Client, doctype: str, names: Names) -> int:
	return number(client.method("frappe.desk.reportview.get_count", **by_list(doctype, names)))


def group_count(client: Client, doctype: str, names: Names) -> int:
	given = {"doctype": doctype, "current_filters": json.dumps(by_list(doctype, names)["filters"])}
	answer = client.method("frappe.desk.listview.get_group_by_count", **given, field="owner")
	return sum(row["count"] for row in answer.data) if answer.ok and answer.data else 0


def number_card(client: Client, doctype: str, names: Names) -> int:
	card = json.dumps({"document_type": doctype, "function": "Count"})
	given = {"doc": card, "filters": json.dumps(by_list(doctype, names)["filters"])}
	return number(client.method("frappe.desk.doctype.number_card.number_card.get_result", **given))


def chart(client: Client, doctype: str, names: Names) -> int:
	drawn = {"document_type": doctype, "chart_type": "Group By", "group_by_type": "Count", "name": "x"}
	given = {"filters": json.dumps(by_list(doctype, names)["filters"])}
	drawn = json.dumps({**drawn, "group_by_based_on": "docstatus"})
	path = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
	answer = client.method(path, chart=drawn, **given)
	return sum(answer.data["datasets"][0]["values"]) if answer.ok and answer.data else 0


def side_bar(client: Client, doctype: str, names: Names) -> int:
	given = {"doctype": doctype, "stats": json.dumps(["name"])}
	chosen = json.dumps([[doctype, "name", "in", sorted(names)]])
	answer = client.method("frappe.desk.reportview.get_sidebar_stats", **given, filters=chosen)
	rows = answer.data["stats"].get("name") if answer.ok else None
	return sum(count for _name, count in rows or [])


COUNTS: tuple[Callable, ...] = (client_count, list_count, group_count, number_card, chart, side_bar)


def number(answer) -> int:
	return answer.data if answer.ok else 0


# ---- exits that answer about one row: each call must be refused, or say nothing


def single(doctype: str, name: str) -> list[tuple[str, str, dict]]:
	"""Return verb, path and data of each way to open a row or to hang something on it."""
	where, about = {"doctype": doctype, "name": name}, {"reference_doctype": doctype, "reference_name": name}
	named, tagged = {"doctype": doctype, "docname": name}, {"dt": doctype, "dn": name}
	resource = f"/api/resource/{doctype}/{name}"
	reads = {
		"frappe.client.get": where,
		"frappe.client.get_value": {"doctype": doctype, "filters": {"name": name}, "fieldname": "creation"},
		"frappe.client.get_doc_permissions": named,
		"frappe.client.is_document_amended": named,
		"frappe.client.validate_link": named,
		"frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions": named,
		"frappe.desk.form.document_follow.get_follow_users": {"doctype": doctype, "doc_name": name},
		"frappe.desk.form.linked_with.get": named,
		"frappe.desk.form.linked_with.get_submitted_linked_docs": where,
		"frappe.desk.form.load.get_communications": where,
		"frappe.desk.form.load.get_docinfo": where,
		"frappe.desk.form.load.getdoc": where,
		"frappe.desk.form.utils.get_next": {"doctype": doctype, "value": name, "prev": 0},
		"frappe.desk.link_preview.get_preview_data": named,
		"frappe.desk.notifications.get_open_count": where,
		"frappe.model.workflow.get_transitions": {"doc": json.dumps(where)},
		"frappe.utils.print_format.download_pdf": where,
		"frappe.www.printview.get_html_and_style": {"doc": doctype, "name": name},
	}
	writes = {
		"frappe.automation.doctype.reminder.reminder.create_new_reminder": {
			"remind_at": "2099-01-01 08:00:00",
			"description": "x",
			"reminder_doctype": doctype,
			"reminder_docname": name,
		},
		"frappe.client.attach_file": {**named, "filename": "x.txt", "filedata": "x", "is_private": 1},
		"frappe.client.rename_doc": {"doctype": doctype, "old_name": name, "new_name": "x"},
		"frappe.client.set_value": {**where, "fieldname": "owner", "value": "x"},
		"frappe.core.doctype.communication.email.make": {
			**where,
			"content": "x",
			"recipients": "x@example.com",
		},
		"frappe.desk.doctype.tag.tag.add_tag": {**tagged, "tag": "x"},
		"frappe.desk.form.assign_to.add": {**where, "assign_to": json.dumps([])},
		"frappe.desk.form.assign_to.remove": {**where, "assign_to": "x"},
		"frappe.desk.form.document_follow.update_follow": {
			"doctype": doctype,
			"doc_name": name,
			"following": True,
		},
		"frappe.desk.form.utils.add_comment": {
			**about,
			"content": "x",
			"comment_email": "x@example.com",
			"comment_by": "x",
		},
		"frappe.desk.like.toggle_like": {**where, "add": "Yes"},
		"frappe.share.add": {**where, "user": "Administrator", "read": 1},
	}
	return [
		("GET", resource, {}),
		("GET", "/printview", where),
		("PUT", resource, {"owner": "x"}),
		("DELETE", resource, {}),
		*(("POST", f"/api/method/{path}", data) for path, data in {**reads, **writes}.items()),
	]


def sent(client: Client, verb: str, path: str, data: dict):
	return client.call(verb, path, None, **data) if verb == "GET" else client.call(verb, path, data)


def refused(answer) -> bool:
	"""Tell whether an answer gives nothing away."""
	said = answer.data if answer.data is not None else answer.body.get("docs")
	return not answer.ok or not said or (isinstance(said, dict) and not any(said.values()))


# ---- steps past the workflow


def forgeries(doctype: str, name: str, state: str | None, user: str) -> list[tuple[str, str, dict]]:
	"""Return each way to move a paper, or make it one's own, without its button; `state` is one the user may not give."""
	where, forged = {"doctype": doctype, "name": name}, {"docstatus": 1, "owner": user}
	forged |= {"workflow_state": state} if state else {}
	rows = [{"doctype": doctype, "docname": name, **forged}]
	bulk = {"doctype": doctype, "docnames": json.dumps([name])}
	saved = json.dumps({**frappe.get_doc(doctype, name).as_dict(), **forged}, default=str)
	calls = {
		"frappe.client.bulk_update": {"docs": json.dumps(rows)},
		"frappe.client.cancel": where,
		"frappe.client.save": {"doc": saved},
		"frappe.client.set_value": {**where, "fieldname": json.dumps(forged)},
		"frappe.client.submit": {"doc": saved},
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs": {
			**bulk,
			"action": "submit",
		},
		"frappe.desk.form.save.cancel": where,
		"frappe.desk.form.save.savedocs": {"doc": saved, "action": "Submit"},
	}
	return [
		("PUT", f"/api/resource/{doctype}/{name}", forged),
		("PUT", f"/api/resource/{doctype}/{name}", {"docstatus": 2}),
		*(("POST", f"/api/method/{path}", data) for path, data in calls.items()),
	]


# ---- papers begun in the middle


def born_decided(doctype: str, values: dict, state: str | None) -> list[tuple[str, str, dict]]:
	"""Return each way to begin a paper that is decided already, by somebody else and long ago."""
	forged = {
		**values,
		"doctype": doctype,
		"docstatus": 1,
		"owner": "Administrator",
		"creation": "2001-01-01",
	}
	forged |= {"workflow_state": state} if state else {}
	sent, new = (
		json.dumps(one, default=str) for one in (forged, {**forged, "__islocal": 1, "name": "new-1"})
	)
	calls = {
		"frappe.client.insert": {"doc": sent},
		"frappe.client.insert_many": {"docs": f"[{sent}]"},
		"frappe.client.save": {"doc": new},
		"frappe.client.submit": {"doc": new},
		"frappe.desk.form.save.savedocs": {"doc": new, "action": "Submit"},
	}
	imported = {"reference_doctype": doctype, "import_type": "Insert New Records", "submit_after_import": 1}
	return [
		("POST", f"/api/resource/{doctype}", json.loads(sent)),
		("POST", "/api/resource/Data Import", imported),
		*(("POST", f"/api/method/{path}", data) for path, data in calls.items()),
	]
