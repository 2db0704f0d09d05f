"""Which documents may be demanded: only those an act lists (order No 92, cl. 23)."""

from collections.abc import Mapping

from ppss_support.regulation.finding import Finding, Label

# What the library keeps: methods (ALM-5.5), normative documents (OVR-F1), methodical materials of the directions (OVR-F5).
METHOD, NORMATIVE, MATERIAL = "Method", "Normative Document", "Methodical Material"
NEEDS_OF_LIBRARY = {NORMATIVE: ("file",), MATERIAL: ("direction", "file")}

OWN_BASIS = "Own"
# Acts whose text the app does not carry: until it is loaded nothing is demanded in their name.
NOT_SUPPLIED = frozenset({"Order No 130"})


def obligatory(basis: str) -> bool:
	"""Tell whether the document may be demanded: the organisation's own ones may not (KZ92-23.1, D-30)."""
	return basis != OWN_BASIS


def basis_shown(title: str, basis: str, clause: str | None, text_loaded: bool) -> list[Finding]:
	"""An obligatory document names its clause, and its act is at hand (KZ92-23.1, D-30)."""
	shown = clause and (text_loaded or basis not in NOT_SUPPLIED)
	return [Finding.of("A52", title)] if obligatory(basis) and not shown else []


def library_complete(kind: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""A paper of the library is there as a file; a material says which direction it serves (OVR-F1, OVR-F5)."""
	needs = NEEDS_OF_LIBRARY.get(kind, ())
	return [Finding.of("A21", Label(labels[field])) for field in needs if not values.get(field)]
