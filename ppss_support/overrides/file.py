import frappe
from frappe.core.doctype.file.file import File

from ppss_support import attachments


class PPSSFile(File):
	"""The framework's file; what hangs on a document of ours is kept as attachments.py says."""

	def before_insert(self):
		attachments.take_in(self)
		super().before_insert()

	def validate(self):
		attachments.check_change(self)
		attachments.keep_private(self)
		super().validate()

	def is_downloadable(self) -> bool:
		return attachments.readable(self)

	def get_content(self) -> bytes:
		if for_a_zip():
			self.check_permission("read")
		return super().get_content()

	def unzip(self):
		self.check_permission("write")
		return super().unzip()

	def optimize_file(self):
		self.check_permission("write")
		return super().optimize_file()


def for_a_zip() -> bool:
	"""The framework's method for a ZIP of files asks for no right, under two names only one of which can be overridden."""
	request = getattr(frappe.local, "request", None)
	return bool(request) and "zip_files" in f"{request.path} {frappe.form_dict.cmd}"
