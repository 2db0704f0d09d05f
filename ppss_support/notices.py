"""How people hear of what waits for them: a note at the bell, a line on the to-do list."""

import frappe


def notify(users: list[str], doctype: str, name: str, subject: str):
	for user in users:
		log = {"doctype": "Notification Log", "type": "Alert", "for_user": user, "subject": subject}
		frappe.get_doc({**log, "document_type": doctype, "document_name": name}).insert(
			ignore_permissions=True
		)


def assign(users: list[str], paper, text: str, due=None):
	"""Put the paper, once, on the to-do list of each of them; the list itself tells them."""
	about = {"reference_type": paper.doctype, "reference_name": paper.name}
	for user in users:
		if not frappe.db.exists("ToDo", {**about, "allocated_to": user, "status": "Open"}):
			todo = {"doctype": "ToDo", "allocated_to": user, "description": text, "date": due}
			# Nobody has a right to the to-do list of another person; the app's own step writes there.
			frappe.get_doc({**todo, **about, "assigned_by": frappe.session.user}).insert(
				ignore_permissions=True
			)


def close_assignments(paper):
	todos = {"reference_type": paper.doctype, "reference_name": paper.name, "status": "Open"}
	for name in frappe.get_all("ToDo", todos, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Closed"
		todo.save(ignore_permissions=True)
