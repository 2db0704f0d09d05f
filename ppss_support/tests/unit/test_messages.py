"""The message catalogue: complete, consistent between languages, rendered with its code."""

import re
from datetime import date

import pytest

from ppss_support.regulation.citation import OWN, Citation
from ppss_support.regulation.messages import CATALOGUE, PROFILE_VARIANTS, render

ALL = [*CATALOGUE.values(), *PROFILE_VARIANTS.values()]
WARNINGS = {"M25", "M50", "M60", "M70"}
PLACEHOLDER = re.compile(r"\{(\d)\}")


def placeholders(text: str) -> set[str]:
	return set(PLACEHOLDER.findall(text))


def test_every_code_of_the_catalogue_is_there():
	expected = {f"M{n:02}" for n in range(1, 73)} - {"M44", "M54"}
	assert {code for code in CATALOGUE if code.startswith("M")} == expected
	assert {f"A{n:02}" for n in range(1, 15)} <= set(CATALOGUE)


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.code)
def test_message_is_cited_and_complete(message):
	assert message.citations
	assert all(c.is_own or (c.act and c.clause and c.row) for c in message.citations)
	assert message.en and message.kk and message.ru
	assert message.severity in ("block", "warn")


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.code)
def test_placeholders_agree_between_languages(message):
	expected = placeholders(message.en)
	assert expected == {str(n) for n in range(len(expected))}
	for text in filter(None, (message.kk, message.ru, message.ky)):
		assert placeholders(text) == expected


def test_warnings_of_the_catalogue():
	marked = {code for code, message in CATALOGUE.items() if message.severity == "warn"}
	assert {code for code in marked if code.startswith("M")} == WARNINGS


def test_rules_of_the_application_cite_no_act():
	assert all(CATALOGUE[f"A{n:02}"].citations == (OWN,) for n in range(1, 15))
	assert str(OWN) == "own" and Citation("own", "", None) == OWN


def test_a_citation_reads_as_act_and_clause():
	assert str(Citation("KZ92", "16", "KZ92-16.1")) == "KZ92, cl. 16"


def test_exact_text_of_the_group_size_refusal():
	text = "[M21] В группе 6–8 детей; сейчас 5. Пять детей не подходят ни к одному виду: "
	assert render("M21", "ru", 5) == text + "разделите 2 + 3 или доведите до 6 (приказ № 92, п. 16)."


def test_exact_kazakh_text():
	assert render("M08", "kk") == "[M08] Бұйрықтың нөмірі мен күні толтырылмаған."


def test_exact_kyrgyz_text():
	text = "[M51] Жобо педагогикалык кеңештин жыйынында каралган эмес (№95, 1.5)."
	assert render("M51", "ky") == text


def test_dates_are_shown_day_first():
	shown = render("M14", "en", date(2025, 9, 1), date(2026, 5, 25))
	assert (
		shown == "[M14] The period 01.09.2025 – 25.05.2026 is outside the school year (order No 92, cl. 20)."
	)


def test_kyrgyz_falls_back_to_russian_and_unknown_language_to_english():
	assert render("M10", "ky") == render("M10", "ru")
	assert render("M10", "de") == render("M10", "en")
	assert render("M10", "kk-KZ") == render("M10", "kk")


def test_a_profile_cites_its_own_act():
	assert "№ 95, 1.5, 1.6" in render("M04", "ru", profile="KG95")
	assert "Almaty rules" in render("M04", "en", profile="ALM15")
	assert render("M42", "ru", profile="KG95") == render("M42", "ru")


def test_braces_in_a_parameter_stay_as_typed():
	assert "{1}" in render("M45", "en", "{1}")


def test_unknown_code_and_missing_parameter():
	with pytest.raises(KeyError, match="M99"):
		render("M99", "en")
	with pytest.raises(IndexError):
		render("M13", "en", "A")
