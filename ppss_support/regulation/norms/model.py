"""The shape of a numeric norm."""

from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.citation import Citation


@dataclass(frozen=True)
class NormValue:
	"""One value an act sets: the seed of a "PPSS Norm" record, which an administrator may change later.

	value_min, value_max: inclusive bounds in `unit`; equal for an exact value; None where the act
	gives no number on that side.
	age_group: "preschool", "school", "older", or None for every age. session_form: "SF1" individual,
	"SF2" small-group, "SF3" group, or None.
	enforcement: "block" (refused), "warn" (saved and listed), "info" (shown only).
	message_code: what is said when the norm is not met; None for a norm that nothing is checked against.
	valid_from, valid_to: first and last day; None means the profile's own date.
	"""

	code: str
	value_min: float | None
	value_max: float | None
	unit: str
	applies_to: str
	age_group: str | None
	session_form: str | None
	citation: Citation
	enforcement: str
	message_code: str | None = None
	valid_from: date | None = None
	valid_to: date | None = None

	def allows(self, value: float) -> bool:
		"""True if `value`, in `unit`, lies within the bounds."""
		above_min = self.value_min is None or value >= self.value_min
		return above_min and (self.value_max is None or value <= self.value_max)
