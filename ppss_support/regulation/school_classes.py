"""Grades of school classes: their stage of education, and which class follows which (order No 92, cl. 3, 20)."""

# First and last grade of each stage, by the code of its PPSS Term; the zero grade is the year before school.
STAGES = {"L0": (0, 0), "L1": (1, 4), "L2": (5, 9), "L3": (10, 12)}
PRESCHOOL = "L0"
# After these grades a child may go on elsewhere: whether the class goes on is decided by a person.
LEAVING = (9, 11, 12)
LAST = 11


def level_of(grade: int) -> str | None:
	"""Return the stage of a grade, None for one no school has."""
	return next((level for level, (first, last) in STAGES.items() if first <= grade <= last), None)


def level_after(level: str, grade: int) -> str | None:
	"""Return the stage of the next class: that of its grade, unless it is none of a school, as in a college."""
	return level_of(grade + 1) if level == level_of(grade) else level


def title_of(grade: int | None, letter: str) -> str:
	return f"{'' if grade is None else grade} {letter}".strip()
