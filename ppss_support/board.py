"""Cases on a board by their stage: it shows where each stands, and a card moves when the papers of its case do."""

import frappe
from frappe.desk.doctype.kanban_board import kanban_board as framework

from ppss_support.answers import answer
from ppss_support.exits import OURS
from ppss_support.path import BLOCKED, NEXT, path_of
from ppss_support.regulation.finding import Finding

CASE, STAGE = "PPSS Support Case", "stage"


@frappe.whitelist()
def move_card(board_name, docname, from_colname, to_colname, old_index, new_index):
	"""Answer a drag from column to column. A stage follows from papers (KZ92-14.2.1a): RuleRefused names the next one.

	Places within a column are kept for no board of ours: everybody shares them.
	"""
	board = frappe.get_doc("Kanban Board", board_name)
	if not board.reference_doctype.startswith(OURS):
		return framework.update_order_for_single_card(
			board_name, docname, from_colname, to_colname, old_index, new_index
		)
	paper = frappe.get_doc(board.reference_doctype, docname)
	paper.check_permission("write")
	if from_colname != to_colname:
		put_in_column(paper, board.field_name, to_colname)
	return board


@frappe.whitelist()
def order_cards(board_name, order):
	"""Answer as the framework does where no card has moved: the order of ours is that of the list."""
	board = frappe.get_doc("Kanban Board", board_name)
	if not board.reference_doctype.startswith(OURS):
		return framework.update_order(board_name, order)
	return board, []


@frappe.whitelist()
def add_card(board_name, docname, colname):
	board = frappe.get_doc("Kanban Board", board_name)
	return (
		board
		if board.reference_doctype.startswith(OURS)
		else framework.add_card(board_name, docname, colname)
	)


def put_in_column(paper, field: str, value: str):
	if (paper.doctype, field) == (CASE, STAGE):
		answer([Finding.of("A155", paper.learner_name, next_paper(paper))])
	paper.set(field, value)
	paper.save()


def next_paper(case) -> str:
	"""Return what the case waits for, and whose turn it is."""
	line = next((line for line in path_of(case) if line["status"] in (NEXT, BLOCKED)), None)
	return f"{line['title']} ({line['who']})" if line else "–"


def keep_no_order(board, method=None):
	"""The framework writes into each new board the names of all cards its maker sees, for everybody to read."""
	if board.reference_doctype.startswith(OURS):
		for column in board.columns:
			column.order = "[]"
