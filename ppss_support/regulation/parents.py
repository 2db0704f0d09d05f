"""What a parent may do about the child's consent, and how the support stands, from plain values."""

from collections.abc import Collection
from datetime import date

from ppss_support.regulation.finding import Finding

# How the support of a child stands, the key of a sentence in plain words.
NONE, CLOSED = "none", "closed"
WITHOUT_CONSENT, STOPPED = "without consent", "stopped"
STUDIED, PLANNED, APPROVED, RUNNING = "studied", "planned", "approved", "running"
SUSPENDED, COMPLETED = "suspended", "completed"
# What a programme says of the support, the most telling first.
TELLING = (
	("In implementation", RUNNING),
	("Suspended", SUSPENDED),
	("Approved", APPROVED),
	("Completed", COMPLETED),
)


def may_be_invited(name: str, email: str | None, is_legal: bool, is_own_login: bool) -> list[Finding]:
	"""The page is for the legal representatives of today, each with an e-mail address; nobody invites themselves."""
	found = [] if email else [Finding.of("A89", name)]
	if not is_legal:
		found.append(Finding.of("A90", name))
	return [*found, Finding.of("A92")] if is_own_login else found


def login_free(login: str, enabled: bool, belongs_to_another: bool) -> list[Finding]:
	return [] if enabled and not belongs_to_another else [Finding.of("A91", login)]


def withdrawn_by(is_giver: bool, decides: bool) -> list[Finding]:
	"""A consent is taken back by whoever gave it; staff register what the giver has stated in writing (KZ92-11.1)."""
	return [] if is_giver or decides else [Finding.of("A93")]


def standing(
	case: str | None, in_second_stage: bool, consent: list[Finding], programmes: Collection[str]
) -> tuple[str, date | None]:
	"""Return how the support stands, with the day the consent ended where that is what stopped it.

	`case`: status of the case of this school year, None without one; `consent`: what `rules.consent_on` found;
	`programmes`: states of the approved programmes of the year.
	"""
	if not case:
		return NONE, None
	if case == "Closed":
		return CLOSED, None
	if consent:
		ended = consent[0].params[0] if consent[0].code == "M03" else None
		return (STOPPED, ended) if ended else (WITHOUT_CONSENT, None)
	told = next((words for state, words in TELLING if state in programmes), None)
	return told or (PLANNED if in_second_stage else STUDIED), None
