from ppss_support.controllers.written_by_program import WrittenByProgram


class PPSSTransition(WrittenByProgram):
	"""A line of a paper's log: who decided, when, from where and why.

	The paper writes its lines with itself and drops what a client sends for them; a line of its own comes by another door.
	"""

	WRITTEN = TAKEN_AWAY = "A45"
