"""The columns the app adds to the framework's logs: from where a paper was opened or taken (KZ92-5.5), what was told."""

from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

LOGS = ("View Log", "Access Log")
ADDRESS = {
	"fieldname": "ppss_ip",
	"label": "From Where",
	"fieldtype": "Data",
	"read_only": 1,
	"module": "PPSS Support",
}
# Of a reminder: the same occasion is told to the same person once, also when two jobs run at a time.
OCCASION = {
	"fieldname": "ppss_occasion",
	"label": "Occasion",
	"fieldtype": "Data",
	"hidden": 1,
	"read_only": 1,
	"unique": 1,
	"no_copy": 1,
	"module": "PPSS Support",
}


def add():
	fields = {**dict.fromkeys(LOGS, ADDRESS), "Notification Log": OCCASION}
	create_custom_fields(fields, update=False)
