"""Brings a site to the state the app needs; the same steps serve installation, upgrade and repair."""

from ppss_support.setup import boards, catalogues, languages, log_fields, payroll_fields, positions, workflows


def prepare():
	"""Load what is missing, refresh what is ours. Safe to repeat."""
	languages.enable()
	log_fields.add()
	catalogues.load()
	positions.load()
	workflows.load()
	boards.load()
	payroll_fields.add()
