"""What a pack of papers must say before it is made; packs are a service of the program, not of an act."""

from collections.abc import Mapping

from ppss_support.regulation.finding import Finding, Label

CHOSEN, CLASS, PERIOD, CHILD = "Chosen Documents", "Class", "Period", "Child's Whole File"
PREPARED_CONSENTS, BLANK_CONSENTS = "Prepared Consents for a Class", "Blank Consents for a Class"
NEEDED = {
	CHOSEN: (),
	CLASS: ("school_class", "document_type"),
	PERIOD: ("document_type", "from_date", "to_date"),
	CHILD: ("learner",),
	PREPARED_CONSENTS: ("school_class",),
	BLANK_CONSENTS: ("school_class",),
}


def complete(scope: str, values: Mapping[str, object], labels: Mapping[str, str]) -> list[Finding]:
	"""Each choice names what it chooses by; a period ends after it began. Dates are `date` or None."""
	found = [Finding.of("A21", Label(labels[field])) for field in NEEDED[scope] if not values.get(field)]
	first, last = values.get("from_date"), values.get("to_date")
	if scope == PERIOD and first and last and last < first:
		found.append(Finding.of("A05", Label(labels["to_date"]), Label(labels["from_date"])))
	return found


def size(count: int, limit: int) -> list[Finding]:
	"""A pack holds something, and no more than the organisation's `limit`; 0 is no limit."""
	if not count:
		return [Finding.of("A71")]
	return [Finding.of("A72", count, limit)] if limit and count > limit else []
