"""What a regulation profile switches on or off, and what it leaves to the organisation (sections F.5, F.6)."""

from collections.abc import Collection, Mapping, Sequence

from ppss_support.regulation.finding import Finding, Label

OPTIONAL, ALMATY = "Optional", "ALM15"
# Primary, basic secondary and general secondary education.
SECONDARY = frozenset({"L1", "L2", "L3"})


def chosen(features: Sequence[str], values: Mapping[str, str], profile: str) -> list[Finding]:
	"""Name each feature chosen twice, or that the profile itself decides; `values` are the profile's, by feature."""
	return [
		Finding.of("A120", Label(feature), profile)
		for number, feature in enumerate(features)
		if values.get(feature) != OPTIONAL or feature in features[:number]
	]


def for_secondary(profile: str | None, levels: Collection[str]) -> list[Finding]:
	"""The Almaty rules are for organisations of secondary education: for others they warn (ALM-1)."""
	wrong = profile == ALMATY and levels and not SECONDARY & set(levels)
	return [Finding.warn("A124", profile)] if wrong else []
