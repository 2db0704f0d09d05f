"""Runs a Python file with a site connected, as Administrator; commits unless it fails."""

import os
import runpy
import sys

import frappe

site, file, *arguments = sys.argv[1:]
frappe.init(site=site)
frappe.connect()
frappe.set_user("Administrator")
sys.argv = [file, *arguments]
# As Python does for a file it is given: what lies beside it can be imported.
sys.path.insert(0, os.path.dirname(os.path.abspath(file)))
try:
	runpy.run_path(os.path.abspath(file), run_name="__main__")
	frappe.db.commit()
finally:
	frappe.destroy()
