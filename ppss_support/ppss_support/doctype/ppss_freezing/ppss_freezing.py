from ppss_support.controllers.written_by_program import WrittenByProgram


class PPSSFreezing(WrittenByProgram):
	"""A step the archive is to keep: written by the step itself, worked off by the program (archive/outbox.py)."""
