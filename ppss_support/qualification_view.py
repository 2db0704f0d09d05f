"""Requirements of order No 338 and what a file holds of them, in words for reports and papers."""

from frappe import _

from ppss_support.answers import label_text
from ppss_support.regulation.finding import Label
from ppss_support.regulation.service import Length

TEXTS = {
	"pedagogical": "pedagogical service",
	"speciality": "service in the speciality",
	"post": "service in the post of {0}",
	"any": "length of service",
}
LEVELS = {"higher": "Higher", "middle": "Vocational"}


def length_text(length: Length) -> str:
	return _("{0} y. {1} m. {2} d.").format(length.years, length.months, length.days)


def leaf_text(leaf: dict) -> str:
	"""Return one leaf of a requirement in a few words of the reader's language."""
	name = next(name for name in WORDS if name in leaf)
	return WORDS[name](leaf)


def education_text(leaf: dict) -> str:
	levels = " / ".join(_(level) for level in leaf["education"])
	kind = _(leaf["kind"]) if "kind" in leaf else ""
	profile = _("of the relevant profile") if leaf.get("relevant") else ""
	return comma(_("Education"), levels, kind, terms(leaf.get("directions", ())), profile)


def retraining_text(leaf: dict) -> str:
	return comma(" / ".join(_(kind) for kind in leaf["retraining"]), terms(leaf.get("directions", ())))


def category_text(leaf: dict) -> str:
	return comma(_("Qualification Category"), terms(leaf["category"]))


def level_text(leaf: dict) -> str:
	return comma(_("Level of Education"), " / ".join(_(LEVELS[level]) for level in leaf["level"]))


def service_text(leaf: dict) -> str:
	kind = _(TEXTS[leaf["of"]]).format(terms([leaf["role"]]) if leaf.get("role") else "")
	last = _("the last years without a break") if leaf.get("last") else ""
	leading = _("Leading Post") if leaf.get("managing") else ""
	return comma(kind, _("from {0} y.").format(leaf["service"]), last, leading)


def service_by_place_text(leaf: dict) -> str:
	town, village = leaf["urban_rural"]
	kind = _(TEXTS[leaf["of"]])
	return comma(
		kind,
		f"{_('Urban')} {_('from {0} y.').format(town)}",
		f"{_('Rural')} {_('from {0} y.').format(village)}",
	)


def person_text(leaf: dict) -> str:
	return _("the wording leaves it open")


def terms(codes) -> str:
	return " / ".join(label_text(Label(code)) for code in codes)


def comma(*parts: str) -> str:
	return ", ".join(part for part in parts if part)


WORDS = {
	"education": education_text,
	"retraining": retraining_text,
	"category": category_text,
	"level": level_text,
	"service": service_text,
	"urban_rural": service_by_place_text,
	"person": person_text,
}
