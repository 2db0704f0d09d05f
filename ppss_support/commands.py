"""Commands for the bench: bench --site SITE ppss-verify-archive."""

import sys

import click
import frappe
from frappe.commands import get_site, pass_context


@click.command("ppss-verify-archive")
@pass_context
def verify_archive(context):
	"""Check every row and file of the archive registers; names each fault, exit code 1 if there is one."""
	from ppss_support.archive import checking, register

	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		found = checking.verify_all()
		for organisation, faults in found.items():
			print(f"{organisation}: {register.last_number(organisation)} rows, {len(faults)} faults")
			for fault in faults:
				print("  " + checking.text_of(fault, "en"))
	finally:
		frappe.destroy()
	sys.exit(int(any(found.values())))


commands = [verify_archive]
