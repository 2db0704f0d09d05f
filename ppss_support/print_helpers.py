"""Words and dates of the papers in Kazakh, Russian, Kyrgyz and English; names of people are never declined."""

import re
from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states

MONTHS_KK = [
	"қаңтар",
	"ақпан",
	"наурыз",
	"сәуір",
	"мамыр",
	"маусым",
	"шілде",
	"тамыз",
	"қыркүйек",
	"қазан",
	"қараша",
	"желтоқсан",
]
MONTHS_RU = [
	"января",
	"февраля",
	"марта",
	"апреля",
	"мая",
	"июня",
	"июля",
	"августа",
	"сентября",
	"октября",
	"ноября",
	"декабря",
]
MONTHS_KY = [
	"январь",
	"февраль",
	"март",
	"апрель",
	"май",
	"июнь",
	"июль",
	"август",
	"сентябрь",
	"октябрь",
	"ноябрь",
	"декабрь",
]
MONTHS_EN = [
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
]
MONTHS = {"kk": MONTHS_KK, "ru": MONTHS_RU, "ky": MONTHS_KY, "en": MONTHS_EN}
# «29 сәуірдегі бұйрық»: the ending follows the vowels and the last sound of the month.
ENDINGS_KK = ["дағы", "дағы", "дағы", "дегі", "дағы", "дағы", "дегі", "дағы", "тегі", "дағы", "дағы", "дағы"]

LONG_DATE = {
	"kk": "{year} жылғы {day} {month}",
	"ru": "{day} {month} {year} года",
	"ky": "{year}-жылдын {day}-{month}",
	"en": "{day} {month} {year}",
}
OPEN_DATE = {
	"kk": "20__ жылғы «___» __________",
	"ru": "«___» __________ 20__ года",
	"ky": "20__-жылдын «___» __________",
	"en": "“___” __________ 20__",
}
# The step that gives a paper its force; its line of the workflow log is what the paper prints as approval.
APPROVING_STATE = {
	"PPSS Support Order": states.IN_FORCE,
	"PPSS Learner List": states.APPROVED,
	"PPSS Programme": states.APPROVED,
	"PPSS Needs Assessment": states.CONCLUDED,
	"PPSS Meeting": states.ADOPTED,
	"PPSS Referral": states.SENT,
	"PPSS Annual Plan": states.APPROVED,
	"PPSS Pay Sheet": states.CLOSED,
	"PPSS Staffing Table": states.APPROVED,
	"PPSS Destruction Act": states.APPROVED,
}

LETTER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
MONTH_STEMS = "|".join({month for months in MONTHS.values() for month in months})
# What stays on one line: number and its sign, initials and surname, day and month, year and its word, class and letter.
# Of what may be long only its first piece: the rest is broken where it can be.
KEPT = re.compile(
	rf"№ [^\s<-]{{1,12}}"
	rf"|(?<!\w)[{LETTER}]\. (?:[{LETTER}]\. )?[{LETTER}]\w{{1,20}}"
	rf"|(?<!\w)[{LETTER}]\w{{1,20}} [{LETTER}]\.(?: ?[{LETTER}]\.)?(?!\w)"
	rf"|\d+ (?:{MONTH_STEMS})\w*"
	rf"|\d+ (?:жылғы|жыл|года)(?!\w)"
	rf"|\d+ [{LETTER}](?!\w)"
)

# How Kazakh names are written in Russian, endings that change with case and sex, and the letters a stem needs to be told
# from other words.
RUSSIAN_SPELLING = str.maketrans("әғқңөұүһі", "агкноуухи")
FLEXION = re.compile(r"(?:ая|ый|ий|ой|а|я)$")
SHORTEST_STEM = 4


def capital(text: str) -> str:
	"""Return the text with its first letter large, a quotation mark before it or not."""
	return re.sub(r"\w", lambda letter: letter[0].upper(), text, count=1)


def ppss_kept_together(text: str) -> str:
	"""Return the text of a paper, HTML, with marks around what is not divided between lines; a filter of Jinja.

	The blanks stay blanks: whoever searches or copies the text of a PDF finds what was written.
	"""
	return KEPT.sub(lambda found: f'<span class="kept">{found.group()}</span>', text)


def paper_language() -> str:
	"""Return the language the paper is printed in; papers of unknown languages are in Kazakh."""
	code = (frappe.local.lang or "kk")[:2]
	return code if code in MONTHS else "kk"


# ---- dates


def month_name(day: date | str, lang: str = "kk") -> str:
	"""Return the month in words: Kazakh nominative as in the consent form, Russian genitive as in dates."""
	return MONTHS.get(lang, MONTHS_KK)[getdate(day).month - 1]


def long_date(day: date | str | None, lang: str = "kk") -> str:
	"""Return the date in words, or a line to fill in by hand."""
	if not day:
		return OPEN_DATE.get(lang, OPEN_DATE["kk"])
	day = getdate(day)
	return LONG_DATE.get(lang, LONG_DATE["kk"]).format(
		year=day.year, day=day.day, month=month_name(day, lang)
	)


def dated(day: date | str | None, lang: str = "kk") -> str:
	"""Return the date as an attribute of a paper: «2025 жылғы 29 сәуірдегі», «от 29 апреля 2025 года»."""
	words = long_date(day, lang)
	if day and lang == "kk":
		return words + ENDINGS_KK[getdate(day).month - 1]
	return {"ru": "от {0}", "en": "of {0}"}.get(lang, "{0}").format(words)


def short_date(day: date | str | None) -> str:
	return getdate(day).strftime("%d.%m.%Y") if day else ""


def age_on(birth_date: date | str, day: date | str) -> int:
	"""Return the full years of age on the day, so that a reprint shows the age of then."""
	born, day = getdate(birth_date), getdate(day)
	return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_of_age(years: int, lang: str = "kk") -> str:
	if lang == "ru":
		return f"{years} {russian_years(years)}"
	return f"{years} " + {"en": "years"}.get(lang, "жас" if lang == "kk" else "жаш")


def russian_years(years: int) -> str:
	if years % 10 == 1 and years % 100 != 11:
		return "год"
	return "года" if years % 10 in (2, 3, 4) and years % 100 not in (12, 13, 14) else "лет"


# ---- words


def term_label(code: str | None, lang: str = "kk") -> str:
	"""Return the wording of an enumeration value in the language, in Kazakh where that is missing."""
	if not code:
		return ""
	term = frappe.get_cached_value(
		"PPSS Term", code, ["title", "label_kk", "label_ru", "label_ky"], as_dict=True
	)
	if not term:
		return code
	own = term.title if lang == "en" else term.get(f"label_{lang}")
	return own or term.label_kk or term.label_ru or term.title


def term_labels(codes: list[str], lang: str = "kk") -> str:
	return "; ".join(term_label(code, lang) for code in codes)


def option_label(value: str | None) -> str:
	"""Return the translated value of a select field, nothing for an empty one."""
	return _(value) if value else ""


# ---- people


def signature_name(specialist: str | None) -> str:
	"""Return the name as the person signs; the full name where none is kept."""
	if not specialist:
		return ""
	names = frappe.get_cached_value(
		"PPSS Specialist", specialist, ["signature_name", "full_name"], as_dict=True
	)
	return (names.signature_name or names.full_name) if names else ""


def position_of(specialist: str | None, written: str | None = None) -> str:
	"""Return the post in the language of the paper, as `written` on it if the person has another post by now."""
	if not specialist:
		return written or ""
	own = frappe.get_cached_value("PPSS Specialist", specialist, ["position", "position_ru"], as_dict=True)
	if written and written != own.position:
		return written
	return (own.position_ru if paper_language() == "ru" else "") or own.position


def stem_of(name: str | None) -> str:
	"""Return what stays of a name through cases, sexes and spellings: «Қасымова», «Қасымовтың», «Касымовой»."""
	name = (name or "").lower().translate(RUSSIAN_SPELLING)
	stem = FLEXION.sub("", name)
	return stem if len(stem) >= SHORTEST_STEM else name


def named_in(text: str, names: Iterable[str]) -> bool:
	"""Tell whether a word of the text is one of the names in some case; a short name only as it stands."""
	words = set(re.findall(r"\w+", text.lower().translate(RUSSIAN_SPELLING)))
	stems = {stem_of(part) for name in names for part in re.findall(r"\w+", name or "")}
	long = tuple(stem for stem in stems if len(stem) >= SHORTEST_STEM)
	return bool(stems & words) or any(word.startswith(long) for word in words)


def approval_of(doc) -> frappe._dict | None:
	"""Return person, position and day of the step that gave the paper its force, None before it."""
	return last_step(doc, APPROVING_STATE.get(doc.doctype)) if doc.docstatus else None


def last_step(doc, state: str | None) -> frappe._dict | None:
	"""Return who last brought the paper into the state, as the workflow log has it."""
	for row in reversed(doc.get("history") or []):
		if state and row.to_state == state:
			position = position_of(facts.specialist_of_user(row.user), row.position)
			return frappe._dict(person=row.person, position=position, day=getdate(row.at))
	return None
