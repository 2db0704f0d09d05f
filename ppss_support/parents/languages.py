"""Languages of the parents' page: the state language of the school's act, and Russian."""

import frappe

from ppss_support import facts
from ppss_support.setup.languages import LANGUAGES

DEFAULT, COMMON = "kk", "ru"


def offered_in(organisation: str) -> list[str]:
	"""Return the languages in the order of the switch; the first one is the page's own."""
	profile = facts.profile_of(organisation)
	own = frappe.get_cached_value("PPSS Regulation Profile", profile, "default_language") if profile else None
	return [own if own in LANGUAGES and own != COMMON else DEFAULT, COMMON]


def offered_to(organisations: list[str]) -> dict[str, str]:
	"""Return the languages of these schools with their own names, the common one last."""
	codes = {code for one in organisations or [None] for code in offered_in(one)}
	return {code: LANGUAGES[code] for code in sorted(codes, key=lambda code: (code == COMMON, code))}


def speak(languages: dict[str, str]):
	"""Answer in the user's language if the page has it, else in its own."""
	if frappe.local.lang not in languages:
		frappe.local.lang = next(iter(languages))


def choose(user: str, language: str):
	"""Keep the choice with the login, as the framework's own profile page does."""
	frappe.db.set_value("User", user, "language", language)
	frappe.cache.hdel("lang", user)
