"""Profiles say who coordinates the service; those of a site are only added, so what they lack is filled here."""

import frappe

from ppss_support.setup import catalogues

PROFILE = "PPSS Regulation Profile"


def execute():
	for row in catalogues.read("profiles.json"):
		unnamed = {"name": row["code"], "coordinator": ("is", "not set")}
		frappe.db.set_value(PROFILE, unnamed, "coordinator", row["coordinator"], update_modified=False)
