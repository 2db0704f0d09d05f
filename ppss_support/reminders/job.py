"""The daily job: what is due is told; what fails for one kind or one person leaves the others their turn."""

from ppss_support.failures import noted
from ppss_support.reminders import due, sending


def send_due(each_within=noted):
	"""Tell everybody what is due; each_within holds what is found of one kind, and what is told one person, together."""
	now, found = due.Round(), []
	for kind in due.KINDS:
		with each_within(f"PPSS reminders: {kind.__name__}"):
			found += kind(now)
	sending.send(found, each_within=each_within)
