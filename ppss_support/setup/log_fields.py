"""The columns the app adds to the framework's logs: from where a paper was opened or taken (KZ92-5.5)."""

from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

LOGS = ("View Log", "Access Log")
ADDRESS = {
	"fieldname": "ppss_ip",
	"label": "From Where",
	"fieldtype": "Data",
	"read_only": 1,
	"module": "PPSS Support",
}


def add():
	create_custom_fields(dict.fromkeys(LOGS, ADDRESS), update=False)
