"""The board of cases by stage: brought once, since a school may have changed its columns and fields."""

import frappe

TITLE = "Support Cases by Stage"
BOARD = {
	"doctype": "Kanban Board",
	"kanban_board_name": TITLE,
	"reference_doctype": "PPSS Support Case",
	"field_name": "stage",
	"filters": '[["PPSS Support Case","status","=","Open"]]',
	"fields": '["school_year","opened_on"]',
	"show_labels": 1,
	"columns": [
		{"column_name": "1", "indicator": "Blue"},
		{"column_name": "2", "indicator": "Green"},
	],
}


def load():
	if not frappe.db.exists("Kanban Board", TITLE):
		frappe.get_doc(BOARD).insert()
