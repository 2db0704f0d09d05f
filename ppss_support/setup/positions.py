"""Loads the 91 positions of order No 338 from their file, word for word; written only when the site differs from it."""

import json
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe.utils import now
from frappe.utils.global_search import rebuild_for_doctype

FILE = Path(__file__).parents[1] / "data" / "positions.json"
POSITION, ITEM = "PPSS Position", "PPSS Position Item"
KINDS = {"duties": "Duty", "must_know": "Must Know", "requirements": "Requirement"}
CATEGORIES = {
	"педагог": "QC1",
	"педагог-модератор": "QC2",
	"педагог-сарапшы": "QC3",
	"педагог-зерттеуші": "QC4",
	"педагог-шебер": "QC5",
}
# The composition of the service (KZ92-4.2).
SERVICE_ROLES = frozenset({"DEP", "PSY", "SOC", "SPE", "AST", "CAR"})
POSITION_FIELDS = (
	"name",
	"code",
	"number",
	"title",
	"alternative_titles",
	"chapter",
	"chapter_title",
	"points",
	"role",
	"is_service_position",
)
ITEM_FIELDS = ("name", "parent", "idx", "kind", "qualification_category", "point", "text")


def read() -> dict:
	return json.loads(FILE.read_text(encoding="utf-8"))


def load():
	positions = read()["positions"]
	wanted = [position_row(one) for one in positions], [row for one in positions for row in item_rows(one)]
	if wanted != on_site():
		write(*wanted)
		rebuild_for_doctype(POSITION)
	allow_in_global_search()


def position_row(one: dict) -> tuple:
	return (
		one["code"],
		one["code"],
		one["number"],
		one["title"],
		"\n".join(one["alternative_titles"]) or None,
		one["chapter_no"],
		one["chapter_title"],
		f"{one['first_point']}–{one['last_point']}",
		one["role"] or None,
		int(one["role"] in SERVICE_ROLES),
	)


def item_rows(one: dict) -> Iterator[tuple]:
	for number, (kind, category, point, text) in enumerate(items_of(one), 1):
		yield f"{one['code']}-{number:03}", one["code"], number, kind, category, point, text


def items_of(one: dict) -> Iterator[tuple[str, str | None, int, str]]:
	"""Yield kind, category, point and text of each item in the order of the act."""
	for section, kind in KINDS.items():
		yield from ((kind, None, one["points"][section], text) for text in one[section])
	for category, texts in one["competences"].items():
		point = one["points"]["competences"]
		yield from (("Competence", CATEGORIES[category], point, text) for text in texts)


def on_site() -> tuple[list[tuple], list[tuple]]:
	positions = frappe.get_all(POSITION, fields=list(POSITION_FIELDS), order_by="number", as_list=True)
	items = frappe.get_all(ITEM, fields=list(ITEM_FIELDS), as_list=True)
	order = {row[0]: row[2] for row in positions}
	return list(positions), sorted(items, key=lambda row: (order.get(row[1], 0), row[2]))


def write(positions: list[tuple], items: list[tuple]):
	stamp = {"owner": "Administrator", "modified_by": "Administrator", "creation": now(), "modified": now()}
	frappe.db.delete(POSITION)
	frappe.db.delete(ITEM)
	own = tuple(stamp.values())
	frappe.db.bulk_insert(POSITION, [*POSITION_FIELDS, *stamp], [row + own for row in positions])
	place = {**stamp, "parenttype": POSITION, "parentfield": "items"}
	frappe.db.bulk_insert(ITEM, [*ITEM_FIELDS, *place], [row + tuple(place.values()) for row in items])
	frappe.clear_document_cache(POSITION)


def allow_in_global_search():
	"""Let the catalogue be found from the search bar, after whatever the site searches already."""
	if frappe.db.exists("Global Search DocType", {"document_type": POSITION}):
		return
	settings = frappe.get_single("Global Search Settings")
	settings.append("allowed_in_global_search", {"document_type": POSITION})
	# Setup runs whoever migrates.
	settings.save(ignore_permissions=True)
