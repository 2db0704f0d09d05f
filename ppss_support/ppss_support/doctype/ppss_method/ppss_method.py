from frappe.model.document import Document

from ppss_support.answers import answer
from ppss_support.regulation import documents


class PPSSMethod(Document):
	"""A method of the method bank: who wrote it, where it was published, what it is for (KZ92-5.7, KZ92-6.1).

	Of other kinds the library holds normative documents and methodical materials of the directions (OVR-F1, OVR-F5).
	"""

	def validate(self):
		values = {df.fieldname: self.get(df.fieldname) for df in self.meta.fields}
		names = {df.fieldname: df.label for df in self.meta.fields}
		answer(documents.library_complete(self.kind, values, names))
