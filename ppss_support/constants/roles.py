"""Roles of the app and the terms of the service they stand for (requirements 0.4)."""

HEAD = "PPSS Head"
DEPUTY = "PPSS Deputy"
PSYCHOLOGIST = "PPSS Psychologist"
SOCIAL_PEDAGOGUE = "PPSS Social Pedagogue"
SPECIAL_PEDAGOGUE = "PPSS Special Pedagogue"
ASSISTANT = "PPSS Assistant"
CAREER_GUIDE = "PPSS Career Guide"
CLASS_TEACHER = "PPSS Class Teacher"
TEACHER = "PPSS Teacher"
REGISTRAR = "PPSS Registrar"
ACCOUNTANT = "PPSS Accountant"
# Of website users, not of staff: it opens the parents' page and gives no right to any DocType.
PARENT = "PPSS Parent"

ROLE_OF_TERM = {
	"HEAD": HEAD,
	"DEP": DEPUTY,
	# At school No 95 the deputy director for upbringing work coordinates (KG-5.1).
	"DVR": DEPUTY,
	"PSY": PSYCHOLOGIST,
	"SOC": SOCIAL_PEDAGOGUE,
	"SPE": SPECIAL_PEDAGOGUE,
	"AST": ASSISTANT,
	"CAR": CAREER_GUIDE,
	"CLS": CLASS_TEACHER,
	"TCH": TEACHER,
	"ADM": REGISTRAR,
	"ACC": ACCOUNTANT,
}
ALL = tuple(dict.fromkeys(ROLE_OF_TERM.values()))
