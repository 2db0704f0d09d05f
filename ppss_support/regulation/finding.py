"""What a rule answers: which message, about what, and how hard it bites."""

from collections.abc import Iterable
from dataclasses import dataclass


class Label(str):
	"""A parameter that is an interface label: shown translated, unlike a name or a number."""


@dataclass(frozen=True)
class Finding:
	"""One broken rule. `code` names a message of `messages.CATALOGUE`, `params` fill its {0}, {1} …"""

	code: str
	params: tuple = ()
	warning: bool = False

	@classmethod
	def of(cls, code: str, *params) -> "Finding":
		return cls(code, params)

	@classmethod
	def warn(cls, code: str, *params) -> "Finding":
		return cls(code, params, True)


def split(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
	"""Return (refusals, warnings), each in the order found and without repeats."""
	unique = list(dict.fromkeys(findings))
	return [f for f in unique if not f.warning], [f for f in unique if f.warning]
