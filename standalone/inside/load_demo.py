"""Loads the demo school and writes the logins it returns to the file named in the input."""

import json
import os
import sys

import frappe

given = json.load(sys.stdin)
frappe.init(site=given["site"])
frappe.connect()
frappe.set_user("Administrator")
from ppss_support.demo.load import load  # noqa: E402

logins = load(password=given["password"]) or []
frappe.db.commit()
frappe.destroy()
partial = given["logins"] + ".partial"
handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
with os.fdopen(handle, "w", encoding="utf-8") as file:
	json.dump(logins, file, ensure_ascii=False, indent=1)
os.replace(partial, given["logins"])
