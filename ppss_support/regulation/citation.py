"""Where a norm, a rule or a message comes from."""

from dataclasses import dataclass

OWN_ACT = "own"


@dataclass(frozen=True)
class Citation:
	"""A place in an act.

	act: code of the regulation profile ("KZ92", "ALM15", "KG95", "OVR"), or "own" for a rule of ours.
	clause: the clause as the act numbers it ("16", "13 7)", "annex"); empty for a rule of ours.
	row: id of the requirement row ("KZ92-16.1"), None where there is no such row.
	"""

	act: str
	clause: str
	row: str | None = None

	@property
	def is_own(self) -> bool:
		"""True for a rule of the application, which no act contains."""
		return self.act == OWN_ACT

	def __str__(self) -> str:
		return OWN_ACT if self.is_own else f"{self.act}, cl. {self.clause}"


# Shared by every rule and message that no act contains.
OWN = Citation(OWN_ACT, "", None)
