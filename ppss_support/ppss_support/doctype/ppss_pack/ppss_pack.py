import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime

from ppss_support import facts
from ppss_support.answers import answer
from ppss_support.packs import choice, jobs
from ppss_support.regulation import packs

LABELS = ("school_class", "document_type", "learner", "from_date", "to_date")


class PPSSPack(Document):
	"""Many papers as one file; the record stays when the file is gone, and tells who took out what, and when."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.status, self.progress, self.done, self.failed = "Queued", 0, 0, 0
		self.pages, self.attempts, self.heartbeat = 0, 0, now_datetime()
		self.file = self.worker = self.expires_on = None

	def validate(self):
		self.check_unchanged()
		self.check_choice()
		self.choose()

	def after_insert(self):
		jobs.enqueue(self.name)

	def on_trash(self):
		jobs.remove_files(self)

	def check_unchanged(self):
		"""The record tells what was taken out: the program writes its course past this door, a person never."""
		if not self.is_new():
			frappe.throw(_("A pack is not changed: make another one."), frappe.PermissionError)

	def check_choice(self):
		values = {field: self.get(field) for field in LABELS}
		days = {field: getdate(values[field]) for field in ("from_date", "to_date") if values[field]}
		labels = {field: self.meta.get_label(field) for field in LABELS}
		answer(packs.complete(self.scope, {**values, **days}, labels))

	def choose(self):
		rows = choice.rows(self)
		answer(packs.size(len(rows), facts.organisation(self.organisation).pack_limit))
		self.set("items", [{**row, "status": "Waiting"} for row in rows])
		self.total = len(rows)
