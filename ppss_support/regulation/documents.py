"""Which documents may be demanded: only those an act lists (order No 92, cl. 23)."""

from ppss_support.regulation.finding import Finding

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
