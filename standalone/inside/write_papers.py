"""Writes every printed paper of the demo school into a folder."""

import json
import sys

import frappe

given = json.load(sys.stdin)
frappe.init(site=given["site"])
frappe.connect()
frappe.set_user("Administrator")
from ppss_support.demo.papers import write_all  # noqa: E402

write_all(given["folder"])
frappe.db.rollback()
frappe.destroy()
