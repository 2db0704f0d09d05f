"""A sheet as XLSX or CSV for a payroll program outside the site. Identity numbers are text: leading zeros stay.

They are kept encrypted: whoever takes them out says why, and each is recorded as shown (A85); else their column is empty.
"""

import csv
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log

from ppss_support import identity
from ppss_support.payroll.explain import label_of
from ppss_support.payroll.figures import unpacked

PERSON = "PPSS Specialist"
# A cell that begins so would be computed by the program that opens the file.
COMPUTED = ("=", "+", "-", "@", "\t", "\r")
TEXT, MONEY = "@", "0.00"


@frappe.whitelist()
def download(sheet: str, file_format: str = "xlsx"):
	"""Send the figures of a sheet, one row for a person in a position, one column for a component."""
	send(readable(sheet), file_format, {})


@frappe.whitelist(methods=["POST"])
def download_with_numbers(sheet: str, file_format: str = "xlsx", reason: str | None = None):
	"""Send the same with the identity numbers. Asks for the right to read them and for a reason (M42)."""
	doc = readable(sheet)
	people = list(dict.fromkeys(row.specialist for row in doc.rows))
	send(doc, file_format, identity.disclose(PERSON, people, doc.organisation, reason))


def readable(sheet: str):
	doc = frappe.get_doc("PPSS Pay Sheet", sheet)
	doc.check_permission("read")
	doc.check_permission("print")
	return doc


def send(doc, file_format: str, numbers: dict[str, str]):
	write = WRITERS.get(file_format) or frappe.throw(_("Choose XLSX or CSV."))
	frappe.local.response.filename = f"{doc.name}-{doc.version}.{file_format}"
	frappe.local.response.filecontent = write(table_of(doc, numbers))
	frappe.local.response.type = "binary"
	make_access_log(doctype=doc.doctype, document=doc.name, file_type=file_format.upper(), method="Export")


def table_of(doc, numbers: dict[str, str]) -> list[list]:
	"""Return heading and rows; amounts are Decimal, everything else text."""
	components = list(dict.fromkeys(label_of(part) for row in doc.rows for part in unpacked(row)))
	heading = [
		_("Identity Number"),
		_("Full Name"),
		_("Position"),
		_("Kind"),
		_("Staff Units"),
		_("Days Worked"),
		_("Hours Held"),
		*components,
		_("Total, tenge"),
	]
	return [heading, *(line_of(row, numbers, components) for row in doc.rows)]


def line_of(row, numbers: dict[str, str], components: list[str]) -> list:
	amounts = dict.fromkeys(components, Decimal(0))
	for part in unpacked(row):
		amounts[label_of(part)] += Decimal(part.amount)
	return [
		numbers.get(row.specialist) or "",
		row.full_name,
		row.position_title,
		_("By Combination") if row.combined else _("Main"),
		Decimal(str(row.units)),
		Decimal(str(row.worked_days)),
		Decimal(str(round(row.hours, 2))),
		*amounts.values(),
		sum(amounts.values(), Decimal(0)),
	]


def as_xlsx(table: list[list]) -> bytes:
	from openpyxl import Workbook
	from openpyxl.styles import Font
	from openpyxl.utils import get_column_letter

	book = Workbook()
	page = book.active
	page.title = _("Pay Sheet")[:31]
	for number, line in enumerate(table, 1):
		for column, value in enumerate(line, 1):
			cell = page.cell(number, column, value)
			if isinstance(value, str):
				# Set after the value: a text that begins like a formula must not become one.
				cell.data_type, cell.number_format = "s", TEXT
			else:
				cell.number_format = MONEY
	for cell in page[1]:
		cell.font = Font(bold=True)
	for column, heading in enumerate(table[0], 1):
		longest = max(len(str(line[column - 1])) for line in table)
		page.column_dimensions[get_column_letter(column)].width = min(max(longest, len(heading)) + 2, 48)
	page.freeze_panes = "A2"
	out = BytesIO()
	book.save(out)
	return out.getvalue()


def as_csv(table: list[list]) -> bytes:
	out = StringIO()
	writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
	writer.writerows([[harmless(value) for value in line] for line in table])
	# Excel takes a file without this mark for one of an older encoding.
	return out.getvalue().encode("utf-8-sig")


def harmless(value) -> str:
	text = str(value)
	return f"'{text}" if isinstance(value, str) and text.startswith(COMPUTED) else text


WRITERS: dict[str, Callable[[list[list]], bytes]] = {"xlsx": as_xlsx, "csv": as_csv}
