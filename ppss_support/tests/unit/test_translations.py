"""Every string a user reads has Kazakh and Russian, once, with the same placeholders and without foreign words."""

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from ppss_support.tests.unit.strings import APP, collect, python_strings, script_strings

USED = collect()
FRAMEWORK_FILE = Path(__file__).parent / "framework_strings.txt"
# Strings of the framework itself that it leaves untranslated; a line break inside one is written \n.
FRAMEWORK = {line.replace("\\n", "\n") for line in FRAMEWORK_FILE.read_text(encoding="utf-8").splitlines()}
ROWS = {
	lang: list(csv.reader((APP / "translations" / f"{lang}.csv").open(encoding="utf-8", newline="")))
	for lang in ("kk", "ru", "ky")
}
# A third column is a context; the plain wording of a source has none.
TABLES = {lang: {row[0]: row[1] for row in rows if not row[2:]} for lang, rows in ROWS.items()}
REQUIRED = ("kk", "ru")
# Names of acts, issuers and programmes are in the language of the act, which is understood without translation.
ACT_NAME = re.compile(r"[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІіЁё]{3}")

PLACEHOLDER = re.compile(r"\{\d*\}|%\(\w+\)s|%s")
TAG = re.compile(r"<[^>]+>|&\w+;|https?://\S+|%\([a-z_]+\)[sd]|%[sd]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Names of formats, keys and products, and Roman numerals, which both languages write in Latin letters.
LATIN_ALLOWED = set(
	re.findall(
		r"\w+",
		"PDF CSV XLSX Excel HTML URL API JSON ID IP QR SMS Ctrl Esc Enter Alt Frappe ERPNext HRMS II III IV",
	)
)
MIXED_WORD = re.compile(r"\w*(?:[a-z][а-яәғқңөұүһі]|[а-яәғқңөұүһі][a-z])\w*", re.IGNORECASE)


@pytest.mark.parametrize("lang", REQUIRED)
def test_every_string_is_translated(lang):
	missing = {s: sorted(where) for s, where in USED.items() if not TABLES[lang].get(s)}
	assert {s: where for s, where in missing.items() if not ACT_NAME.search(s)} == {}


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
		words = {s: set(LATIN_WORD.findall(TAG.sub("", t))) for s, t, *_ in ROWS[lang]}
		assert {s: found - LATIN_ALLOWED for s, found in words.items() if found - LATIN_ALLOWED} == {}

	def test_mixes_no_alphabets_within_a_word(self, lang):
		assert [t for _, t, *_ in ROWS[lang] if MIXED_WORD.search(TAG.sub("", t))] == []


def placeholders(text: str) -> list[str]:
	return sorted(PLACEHOLDER.findall(text))


def test_framework_strings_are_not_ours():
	"""A string the app itself uses needs no entry in the list of the framework's strings."""
	assert sorted(FRAMEWORK & set(USED)) == []
	assert sorted(FRAMEWORK - set(TABLES["kk"]) - set(TABLES["ru"])) == []


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
			'_("One {0}").format(x)\nLabel("Two")\ngaps = {"Three": 1}\nother = {"Four": 1}\n_(five)\nTITLE = "Six"'
		)
		assert sorted(python_strings(file)) == ["One {0}", "Six", "Three", "Two"]

	def test_scripts(self, tmp_path):
		file = tmp_path / "a.js"
		file.write_text("""__("It's {0}", [n]); __('two'); `${__("three")}`; {{ _("four") }} f_("five")""")
		assert list(script_strings(file)) == ["It's {0}", "two", "three", "four"]
