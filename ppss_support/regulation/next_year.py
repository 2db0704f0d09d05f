"""What becomes of classes and cases when a school year ends: proposals, which a person decides (order No 92, cl. 6, 14, 20)."""

from ppss_support.regulation import school_classes
from ppss_support.regulation.finding import Finding, Label

MOVE_UP, SAME_CLASS, LEAVE = "Move Up", "Same Class", "Leave"
CARRY_ON, CLOSE = "Carry On", "Close"
OF_CLASS, OF_CASE = (MOVE_UP, SAME_CLASS, LEAVE), (CARRY_ON, CLOSE)
# What the review of a programme says about the next year (KZ92-14.2.2c), and what it proposes for the case.
REVIEWED = {"Continue": CARRY_ON, "Change": CARRY_ON, "Stop": CLOSE}


def of_class(grade: int | None, level: str) -> str | None:
	"""Propose what becomes of a class; of a group without a grade, or of no grade of a school, nothing is proposed."""
	if grade is None or school_classes.level_of(grade) != level:
		return None
	return LEAVE if grade >= school_classes.LAST else MOVE_UP


def of_case(leaves: bool, reviews: list[str]) -> str | None:
	"""Propose what becomes of a case: what the reviews of its programmes agree on, and closing where the child leaves."""
	if leaves:
		return CLOSE
	said = {REVIEWED[review] for review in reviews if review in REVIEWED}
	return CARRY_ON if CARRY_ON in said else CLOSE if said else None


def decided(decision: str | None, of: tuple[str, ...]) -> list[Finding]:
	"""Nothing is carried on or closed unless a person has said so (A143)."""
	return [] if decision in of else [Finding.of("A143", Label("Decision"))]
