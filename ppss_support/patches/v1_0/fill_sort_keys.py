"""Specialists, representatives and classes stand in the order of the alphabet, as children do."""

import frappe

from ppss_support.names import sort_key

NAMED_BY = {
	"PPSS Learner": "full_name",
	"PPSS Specialist": "full_name",
	"PPSS Representative": "full_name",
	"PPSS Class": "title",
}


def execute():
	for doctype, field in NAMED_BY.items():
		for name, shown, key in frappe.get_all(doctype, fields=["name", field, "sort_key"], as_list=True):
			if key != sort_key(shown):
				frappe.db.set_value(doctype, name, "sort_key", sort_key(shown), update_modified=False)
