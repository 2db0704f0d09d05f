"""Which steps of a paper the archive keeps: those that give it force, those that change what it says, its end."""

from ppss_support.constants import states

FROZEN = "Frozen"
SCANNED, SIGNED = "Scanned", "Signed Electronically"
# Steps that give a paper its force, by the state they lead to.
FORCE = {
	"PPSS Support Order": states.IN_FORCE,
	"PPSS Consent": states.SIGNED,
	"PPSS Needs Assessment": states.CONCLUDED,
	"PPSS Learner List": states.APPROVED,
	"PPSS Programme": states.APPROVED,
	"PPSS Annual Plan": states.APPROVED,
	"PPSS Service Paper": states.APPROVED,
	"PPSS Meeting": states.ADOPTED,
	"PPSS Referral": states.SENT,
	"PPSS Assistant Assignment": states.APPOINTED,
	"PPSS Destruction Act": states.APPROVED,
	"PPSS Staffing Table": states.APPROVED,
	"PPSS Pay Sheet": states.CLOSED,
}
# A later step after which the paper says more than was approved: the results, the day of execution.
AGAIN = {
	"PPSS Programme": states.COMPLETED,
	"PPSS Service Paper": states.COMPLETED,
	"PPSS Destruction Act": states.EXECUTED,
}
# Steps that take the force away, and the event the register notes.
ENDS = {
	states.SUPERSEDED: "Superseded",
	states.CANCELLED: "Cancelled",
	states.WITHDRAWN: "Withdrawn",
	states.EXPIRED: "Expired",
	states.REOPENED: "Reopened",
}


def event_of(doctype: str, from_state: str, to_state: str, was_draft: bool) -> str | None:
	"""Return the event a step is for the archive, None for most steps."""
	if doctype not in FORCE or (was_draft and to_state != FORCE[doctype]):
		return None
	if was_draft or (to_state == AGAIN.get(doctype) and from_state != to_state):
		return FROZEN
	return ENDS.get(to_state)
