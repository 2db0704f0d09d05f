from ppss_support.controllers.written_by_program import WrittenByProgram


class PPSSOverride(WrittenByProgram):
	"""A warning that was shown, a rule decided against with a reason, or a changed setting (RP16).

	The program writes these rows straight into the table: whoever comes by another door is refused.
	"""

	WRITTEN = TAKEN_AWAY = "A45"
