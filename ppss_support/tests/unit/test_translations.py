"""Every string a user reads has each language, once, with the same placeholders and without foreign words."""

import json
import re
from collections import Counter, defaultdict

import pytest

from standalone import strings
from standalone.strings import (
	APP,
	LANGUAGES,
	collect,
	framework_strings,
	json_strings,
	main,
	missing,
	python_strings,
	raw_json,
	raw_python,
	raw_scripts,
	raw_template,
	raw_texts,
	rows_of,
	said_in_russian,
	script_strings,
	template_strings,
)

USED = collect()
FRAMEWORK = framework_strings()
ROWS = {lang: rows_of(lang) for lang in LANGUAGES}
TABLES = {lang: {row[0]: row[1] for row in rows if not row[2:]} for lang, rows in ROWS.items()}

PLACEHOLDER = re.compile(r"\{\d*\}|%\(\w+\)s|%s|\{count\}")
TAG = re.compile(r"<[^>]+>|&\w+;|https?://\S+|%\([a-z_]+\)[sd]|%[sd]|\{count\}")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Names of formats, keys and products, and Roman numerals, which both languages write in Latin letters.
LATIN_ALLOWED = set(
	re.findall(
		r"\w+",
		"PDF CSV XLSX XLS TXT JPG PNG csv xlsx xls http https Microsoft Google Meet Etc Excel HTML URL API JSON ID IP QR SMS Ctrl Esc Enter Alt Frappe ERPNext HRMS II III IV",
	)
)
# The framework puts the name of the view in and has the outcome ("List View") translated.
TRANSLATED_AGAIN = {"{0} View"}
MIXED_WORD = re.compile(r"\w*(?:[a-z][а-яәғқңөұүһі]|[а-яәғқңөұүһі][a-z])\w*", re.IGNORECASE)


def test_every_string_is_translated():
	"""Strings of ours in Kazakh, Russian and Kyrgyz; the framework's in Kazakh and Kyrgyz."""
	assert list(missing()) == []


def test_no_text_is_past_translation():
	assert list(raw_texts()) == []


@pytest.mark.parametrize("lang", ROWS)
class TestFile:
	def test_has_two_filled_columns(self, lang):
		assert [row for row in ROWS[lang] if len(row) not in (2, 3) or not all(row[:2])] == []

	def test_is_sorted_and_without_repeats(self, lang):
		keys = [(row[0], *row[2:]) for row in ROWS[lang]]
		assert keys == sorted(keys)
		assert [key for key, times in Counter(keys).items() if times > 1] == []

	def test_has_no_row_left_over(self, lang):
		assert sorted({row[0] for row in ROWS[lang]} - set(USED) - FRAMEWORK) == []

	def test_keeps_placeholders(self, lang):
		assert [s for s, t, *_ in ROWS[lang] if placeholders(s) != placeholders(t)] == []

	def test_has_no_foreign_words(self, lang):
		words = {
			s: set(LATIN_WORD.findall(TAG.sub("", t))) for s, t, *_ in ROWS[lang] if s not in TRANSLATED_AGAIN
		}
		assert {s: found - LATIN_ALLOWED for s, found in words.items() if found - LATIN_ALLOWED} == {}

	def test_mixes_no_alphabets_within_a_word(self, lang):
		assert [t for _, t, *_ in ROWS[lang] if MIXED_WORD.search(TAG.sub("", t))] == []


def placeholders(text: str) -> list[str]:
	return sorted(PLACEHOLDER.findall(text))


def test_framework_strings_are_not_ours():
	"""A string the app itself uses needs no entry in the list of the framework's strings."""
	assert sorted(FRAMEWORK & set(USED)) == []
	assert sorted(FRAMEWORK - set(TABLES["kk"]) - set(TABLES["ru"])) == []


def test_message_without_kyrgyz_is_said_in_russian():
	"""M06 has Kyrgyz in the wording of school No 95 alone."""
	said = said_in_russian()
	assert "M10" in said and "M06" not in said and "M51" not in said


def test_kyrgyz_is_asked_of_the_framework_and_of_any_file_of_ours(monkeypatch):
	without = {text: wording for text, wording in TABLES["ky"].items() if text not in {"Saved", "Pay Sheet"}}
	monkeypatch.setattr(strings, "table_of", lambda lang: without if lang == "ky" else TABLES[lang])
	assert {(lang, text) for lang, _kind, text in missing()} == {("ky", "Saved"), ("ky", "Pay Sheet")}


@pytest.mark.parametrize("lang", ROWS)
def test_terms_are_translated_by_their_own_labels(lang):
	"""Where one title has several terms, one wording serves them all and is not compared."""
	labels = defaultdict(set)
	titles = Counter()
	for term in json.loads((APP / "data" / "terms.json").read_text(encoding="utf-8")):
		titles[term["label_en"]] += 1
		labels[term["label_en"]].add(term[f"label_{lang}"])
	drifted = {
		title: TABLES[lang].get(title)
		for title, (label, *_others) in labels.items()
		if titles[title] == 1 and label and TABLES[lang].get(title) != label
	}
	assert drifted == {}


class TestCollector:
	def test_python(self, tmp_path):
		file = tmp_path / "a.py"
		file.write_text(
			'_("One {0}").format(x)\nLabel("Two")\ngaps = {"Three": 1}\nother = {"Four": 1}\n_(five)\nTITLE = "Six"\n'
			'column = {"label": "Seven", "fieldname": "eight"}'
		)
		assert sorted(text for _kind, text in python_strings(file)) == [
			"One {0}",
			"Seven",
			"Six",
			"Three",
			"Two",
		]

	def test_scripts(self, tmp_path):
		file = tmp_path / "a.js"
		file.write_text(
			"""__("It's {0}", [n]); __('two'); `${__("three")}`; f_("four"); { label: "Five", x: "no" }"""
		)
		assert [text for _kind, text in script_strings(file)] == ["It's {0}", "two", "three", "Five"]

	def test_templates(self, tmp_path):
		file = tmp_path / "a.html"
		file.write_text("""<p title="{{ _("One") }}">{{ _('two') }}</p>""")
		assert list(template_strings(file)) == [("Template", "One"), ("Template", "two")]

	def test_texts_no_translation_reaches(self, tmp_path):
		script, template, code = (tmp_path / name for name in ("a.js", "a.html", "a.py"))
		script.write_text('frappe.msgprint("Saved"); frappe.throw(__("No"))')
		template.write_text(
			'<p class="{% if a > 1 %}long{% endif %}" title="{{ _("Tip") }}">{{ _("Yes") }} Saved<br>5&nbsp;%</p>'
			'<img alt="Page {{ n }}" src="a.png"><input placeholder="{% if a %}Any name{% endif %}" aria-label="№">'
		)
		code.write_text('frappe.throw("Wrong")\n_(f"{x} is")\n_("a" + b)\nfrappe.throw(_("Right"))')
		assert raw_scripts(script) == ["Saved"]
		assert list(raw_template(template)) == ["Saved", "Page", "Any name"]
		assert list(raw_python(code)) == ["'Wrong'", "f'{x} is'", "'a' + b"]

	def test_blocks_of_pages(self, tmp_path):
		file = tmp_path / "custom_html_block.json"
		html, script = '<b title="Hint">Text</b>', "say(__('One')); frappe.msgprint('Two')"
		file.write_text(json.dumps([{"doctype": "Custom HTML Block", "html": html, "script": script}]))
		assert list(json_strings(file)) == [("Custom HTML Block", "One")]
		assert list(raw_json(file)) == ["Text", "Hint", "Two"]

	def test_command_counts_by_kind_and_language(self, capsys):
		assert main(["--check"]) == 0
		lines = [line.split() for line in capsys.readouterr().out.splitlines()]
		assert lines[0][2:] == ["kk", "lacks", "ru", "lacks", "ky", "lacks"]
		assert {tuple(line[-3:]) for line in lines[1:-2]} == {("0", "0", "0")}
		assert next(int(line[-4]) for line in lines if line[0] == "DocType") > 1000
