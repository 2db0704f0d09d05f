"""Makes the languages of the app choosable: the framework ships no Kazakh and no Kyrgyz of its own."""

import frappe

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "ky": "Кыргызча"}


def enable():
	for code, name in LANGUAGES.items():
		if frappe.db.exists("Language", code):
			frappe.db.set_value("Language", code, "enabled", 1)
		else:
			language = {"doctype": "Language", "language_code": code, "language_name": name, "enabled": 1}
			# Setup runs whoever migrates.
			frappe.get_doc(language).insert(ignore_permissions=True)
