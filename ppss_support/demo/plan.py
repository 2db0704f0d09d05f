"""Which children of the demo are supported, and how far the papers of each have come. Pure: no site is needed.

A line names the class, what the support is about (data/themes.json), who leads and the state each paper ends in.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

THEMES = Path(__file__).parent / "data" / "themes.json"

# Where a child stands on the lists of the year.
FIRST, PROPOSED = "on the first list", "on the list with the head"


@dataclass(frozen=True)
class Programme:
	kind: str
	author: str
	state: str


@dataclass(frozen=True)
class Child:
	"""`theme` is None for a child whose support has not come to an assessment."""

	key: str
	class_title: str
	theme: str | None
	lead: str
	assessment: str | None = None
	listing: str | None = None
	programmes: tuple[Programme, ...] = ()
	referral: str | None = None
	subject: str = "Learner"
	consent: str = "Signed"
	pmpc: str | None = None
	earlier: str | None = None
	assistant: str | None = None
	closed: str | None = None

	@property
	def about(self) -> dict:
		return themes()[self.theme]

	@property
	def russian(self) -> bool:
		return self.class_title.endswith("Б")

	@property
	def limited(self) -> bool:
		return bool(self.theme) and "C3" in self.about["categories"]

	@property
	def teacher(self) -> str:
		"""The teacher in the team: the class teacher where that one signs in, else the subject teacher."""
		return self.class_title if self.class_title in ("5 Ә", "2 Ә", "3 Б") else "TCH1"


@cache
def themes() -> dict[str, dict]:
	return json.loads(THEMES.read_text(encoding="utf-8"))


def programmes(text: str) -> tuple[Programme, ...]:
	"""Read `IDP PSY1 Approved; CDP SPE1 Draft`."""
	return tuple(Programme(*part.strip().split(" ", 2)) for part in text.split(";"))


def listed(key: str, class_title: str, theme: str, lead: str, written: str, **more) -> Child:
	"""A child whose assessment is concluded and who stands on the list of the year."""
	return Child(key, class_title, theme, lead, "Concluded", FIRST, programmes(written), **more)


def proposed(key: str, class_title: str, theme: str, lead: str, **more) -> Child:
	return Child(key, class_title, theme, lead, "Concluded", PROPOSED, **more)


WITH_NEEDS = (
	# Behaviour, emotions, unfavourable circumstances (category C1)
	listed("k01", "5 Ә", "anxiety", "PSY1", "IDP PSY1 In implementation"),
	listed("k02", "5 Ә", "selfcontrol", "PSY1", "IDP PSY1 In implementation", referral="Result received"),
	listed(
		"k03", "2 Ә", "newclass", "PSY2", "IDP PSY2 Completed", closed="Мақсаттарға жетті, қолдау аяқталды."
	),
	listed("k04", "2 Ә", "selfcontrol", "PSY2", "IDP PSY2 Discontinued"),
	listed("k05", "7 Ә", "anxiety", "PSY1", "IDP PSY1 Suspended", earlier="Superseded"),
	listed("k06", "8 Ә", "anxiety", "PSY3", "IDP PSY3 Approved", referral="Sent"),
	listed("k07", "9 Ә", "selfcontrol", "PSY3", "IDP PSY3 In implementation", referral="Accepted"),
	listed("k08", "3 Б", "ru_anxiety", "PSY2", "IDP PSY2 In implementation", referral="Closed"),
	listed("k09", "6 Б", "ru_anxiety", "PSY2", "IDP PSY2 With head"),
	Child("k10", "5 Ә", "newclass", "PSY1", "Team working"),
	Child("k11", "10 Ә", "anxiety", "PSY3", "With deputy head"),
	Child("k12", "4 Ә", "newclass", "PSY1", "Returned", earlier="Cancelled"),
	proposed("k13", "8 Б", "ru_anxiety", "PSY3"),
	listed("k14", "6 Ә", "selfcontrol", "PSY1", "IDP PSY1 In implementation", consent="Withdrawn"),
	# Social, economic, language and cultural barriers (C2)
	listed("k15", "5 Ә", "language", "PSY1", "IDP SOC1 In implementation", referral="On meeting agenda"),
	listed(
		"k16",
		"3 Ә",
		"household",
		"PSY2",
		"IDP SOC1 In implementation",
		referral="With administration",
		subject="Both",
	),
	listed("k17", "9 Б", "ru_language", "PSY3", "IDP CAR1 In implementation", referral="Returned"),
	listed("k18", "11 Ә", "peers", "PSY3", "IDP CAR1 Approved", referral="Declined by Centre"),
	listed("k19", "1 Ә", "culture", "PSY1", "IDP SOC1 With deputy head", referral="Draft"),
	listed(
		"k20",
		"7 Б",
		"ru_language",
		"PSY2",
		"IDP SOC1 Returned",
		referral="Sent",
		subject="Parent or Representative",
	),
	listed("k21", "10 Б", "ru_language", "PSY3", "IDP PSY3 Draft", referral="Cancelled"),
	listed("k22", "6 Ә", "peers", "PSY2", "IDP PSY2 Cancelled", referral="Not supported"),
	proposed("k23", "4 Б", "ru_language", "PSY2"),
	Child("k24", "8 Ә", "household", "PSY3", "Team working"),
	Child("k25", "2 Б", "ru_language", "PSY2", "With deputy head"),
	Child("k26", "6 Ә", "culture", "PSY1", earlier="Concluded"),
	# Limited abilities (C3), with the paper of the consultation
	listed(
		"k27",
		"2 Ә",
		"vision",
		"SPE1",
		"IDP PSY1 In implementation; CDP SPE1 In implementation",
		assistant="AST2",
	),
	listed("k28", "5 Ә", "hearing", "SPE1", "CDP SPE1 In implementation"),
	listed("k29", "3 Ә", "movement", "SPE1", "CDP SPE1 With head"),
	listed(
		"k30",
		"4 Ә",
		"intellect",
		"SPE2",
		"CDP SPE2 In implementation; ICP SPE2 In implementation",
		earlier="Superseded",
		assistant="AST1",
	),
	listed("k31", "2 Ә", "attention", "SPE2", "CDP SPE2 In implementation"),
	listed("k32", "3 Б", "ru_attention", "SPE2", "CDP SPE2 Completed"),
	listed(
		"k33", "5 А", "several", "SPE1", "CDP SPE1 In implementation; ICP SPE1 Approved", assistant="AST1"
	),
	listed("k34", "1 Ә", "intellect", "SPE2", "CDP SPE2 With deputy head"),
	listed("k35", "6 Б", "ru_several", "SPE1", "CDP SPE1 Approved"),
	listed("k36", "1 Б", "ru_speech", "SPE2", "CDP SPE2 Draft"),
	proposed("k37", "7 Ә", "place", "SPE1"),
	proposed("k38", "2 Б", "ru_attention", "SPE1"),
	Child("k39", "1 А", "attention", "SPE2", "Team working", pmpc="Recorded"),
	Child("k40", "3 Ә", "vision", "SPE1", "Returned", pmpc="Recorded"),
)
# Children whose support begins, was declined, or was found not to be needed.
OTHERS = (
	Child("n01", "5 Ә", None, "PSY1", consent="Prepared"),
	Child("n02", "9 Ә", None, "PSY3", consent="Prepared"),
	Child("n03", "6 Б", None, "PSY2", consent="Refused"),
	Child("n04", "3 Б", None, "PSY2", consent="Cancelled"),
	Child("n05", "1 Ә", "selfcontrol", "PSY1", "Draft"),
	Child("n06", "10 Ә", "attention", "SPE1", "Draft"),
	Child("n07", "7 Б", "ru_anxiety", "PSY2", "Closed without need", closed="Арнаулы жағдай қажет емес."),
	Child("n08", "5 Б", "ru_language", "PSY1", "Closed without need"),
	Child("n09", "5 Ә", None, "PSY1", pmpc="Expired"),
	Child("n10", "8 Б", None, "PSY3", pmpc="Cancelled"),
	Child("n11", "4 Ә", None, "PSY2", consent="Expired"),
)
CHILDREN = WITH_NEEDS + OTHERS
