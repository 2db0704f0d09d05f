"""The one error type a person sees: what went wrong and the way out."""


class RuntimeProblem(Exception):
	"""A problem with a way out; the launcher prints both and exits with 1."""

	def __init__(self, problem: str, way_out: str = "") -> None:
		super().__init__(problem)
		self.problem = problem
		self.way_out = way_out

	def __str__(self) -> str:
		return f"{self.problem}\n  Way out: {self.way_out}" if self.way_out else self.problem


def command_failed(title: str, log: object, last_lines: str, way_out: str = "") -> RuntimeProblem:
	"""A failed command: its last lines here, everything in the log."""
	indented = "\n".join(f"    {line}" for line in last_lines.splitlines())
	return RuntimeProblem(
		f"{title} failed. Its last lines:\n{indented}\n  Whole log: {log}",
		way_out or "see the log; after mending the cause run the same command again, finished steps are kept",
	)
