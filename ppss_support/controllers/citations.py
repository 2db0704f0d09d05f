"""What a paper names as its basis is in force on its date."""

from ppss_support import facts
from ppss_support.regulation import repealed
from ppss_support.regulation.finding import Finding


def basis_in_force(paper, text: str | None) -> list[Finding]:
	"""Ask of the basis a paper names whether its act was repealed (KZ92-0.2)."""
	effective_from, _repealed = facts.edition_dates(paper.regulation_profile)
	acts = facts.repealed_acts(paper.regulation_profile)
	return repealed.basis_in_force(text or "", paper.paper_date(), effective_from, acts)
