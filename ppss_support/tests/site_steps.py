"""One step in the life of a throw-away site: python -m ppss_support.tests.site_steps STEP SITE, in the `sites` folder.

A process for each step, because the framework keeps what it has read of a site. `snapshot` prints what the site holds.
"""

import json
import os
import sys

import frappe

APP = "ppss_support"
# Records an app may bring into a site besides its own tables. Languages stay: somebody may have chosen one.
KINDS = (
	"Client Script",
	"Custom DocPerm",
	"Custom Field",
	"Custom HTML Block",
	"Dashboard",
	"Dashboard Chart",
	"DocType",
	"Letter Head",
	"Module Def",
	"Notification",
	"Number Card",
	"Page",
	"Print Format",
	"Property Setter",
	"Report",
	"Role",
	"Scheduled Job Type",
	"Server Script",
	"Translation",
	"User Permission",
	"Web Form",
	"Workflow",
	"Workflow Action",
	"Workflow Action Master",
	"Workflow State",
	"Workspace",
)
# Kinds without a name of their own: what tells one row from another.
ROWS = {"Series": "name", "Has Role": "role", "DefaultValue": "defkey"}


def create(site: str):
	from frappe.installer import _new_site

	frappe.init(site=site, new_site=True)
	password = frappe.generate_hash()
	# Of a copy of such a site nothing has to be installed.
	empty = os.environ.get("PPSS_EMPTY_SITE")
	given = {"admin_password": password, "install_apps": (), "source_sql": empty}
	_new_site(None, site, **root_account(), **given, force=True, db_type="mariadb")


def root_account() -> dict:
	return {"db_root_username": "root", "db_root_password": os.environ["PPSS_DB_ROOT_PASSWORD"]}


def install(site: str):
	from frappe.installer import install_app

	connect(site)
	install_app(APP)
	frappe.db.commit()


def use(site: str):
	"""Leave the traces of real work: logins, numbers, papers, turns."""
	from ppss_support.archive import freezing
	from ppss_support.tests.factories import School

	connect(site)
	school = School()
	school.order()
	school.programme(school.listed_child(), "In implementation")
	school.meeting()
	# Worked off here: the site may be gone before a worker gets to it.
	frappe.db.after_commit.reset()
	frappe.db.commit()
	freezing.work_off_waiting()


def uninstall(site: str):
	from frappe.installer import remove_app

	connect(site)
	remove_app(APP, yes=True, no_backup=True)


def drop(site: str):
	from frappe.commands.site import _drop_site

	frappe.init(site=site)
	_drop_site(site, **root_account(), force=True, no_backup=True)


def snapshot(site: str):
	connect(site)
	held = {kind: frappe.get_all(kind, pluck="name") for kind in KINDS}
	for kind, column in ROWS.items():
		held[kind] = [row[0] for row in frappe.db.sql(f"select distinct `{column}` from `tab{kind}`")]
	held["tables"] = frappe.db.get_tables(cached=False)
	print(json.dumps({kind: sorted(filter(None, names)) for kind, names in held.items()}))


def connect(site: str):
	frappe.init(site=site)
	frappe.connect()


if __name__ == "__main__":
	step, site = sys.argv[1:]
	{one.__name__: one for one in (create, install, use, uninstall, drop, snapshot)}[step](site)
