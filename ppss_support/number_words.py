"""Numbers in words for certifying lines, in Kazakh, Russian, Kyrgyz and English: whole numbers from 1 to 9999."""

ONES = {
	"kk": ("", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"),
	"ru": ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
	"ky": ("", "бир", "эки", "үч", "төрт", "беш", "алты", "жети", "сегиз", "тогуз"),
	"en": ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
TENS = {
	"kk": ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"),
	"ru": (
		"",
		"десять",
		"двадцать",
		"тридцать",
		"сорок",
		"пятьдесят",
		"шестьдесят",
		"семьдесят",
		"восемьдесят",
		"девяносто",
	),
	"ky": ("", "он", "жыйырма", "отуз", "кырк", "элүү", "алтымыш", "жетимиш", "сексен", "токсон"),
	"en": ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
}
# Of these the second ten is no sum of its parts.
TEENS = {
	"ru": (
		"десять",
		"одиннадцать",
		"двенадцать",
		"тринадцать",
		"четырнадцать",
		"пятнадцать",
		"шестнадцать",
		"семнадцать",
		"восемнадцать",
		"девятнадцать",
	),
	"en": (
		"ten",
		"eleven",
		"twelve",
		"thirteen",
		"fourteen",
		"fifteen",
		"sixteen",
		"seventeen",
		"eighteen",
		"nineteen",
	),
}
HUNDREDS_RU = (
	"",
	"сто",
	"двести",
	"триста",
	"четыреста",
	"пятьсот",
	"шестьсот",
	"семьсот",
	"восемьсот",
	"девятьсот",
)
HUNDRED = {"kk": "жүз", "ky": "жүз", "en": "hundred"}
THOUSAND = {"kk": "мың", "ky": "миң", "en": "thousand"}
SHEETS_RU = ("лист", "листа", "листов")


def in_words(number: int, lang: str) -> str:
	"""Return a whole number from 1 to 9999 in words; languages without words here are written in Kazakh."""
	lang = lang if lang in ONES else "kk"
	thousands, rest = divmod(number, 1000)
	hundreds, rest = divmod(rest, 100)
	parts = [*thousands_in(thousands, lang), *hundreds_in(hundreds, lang), *below_hundred(rest, lang)]
	return " ".join(part for part in parts if part)


def below_hundred(number: int, lang: str) -> list[str]:
	if lang in TEENS and 10 <= number < 20:
		return [TEENS[lang][number - 10]]
	tens, ones = divmod(number, 10)
	return [TENS[lang][tens], ONES[lang][ones]]


def hundreds_in(number: int, lang: str) -> list[str]:
	if lang == "ru":
		return [HUNDREDS_RU[number]]
	return counted(number, HUNDRED[lang], lang)


def thousands_in(number: int, lang: str) -> list[str]:
	if lang != "ru":
		return counted(number, THOUSAND[lang], lang)
	# A thousand is feminine in Russian.
	ones = {1: "одна", 2: "две"}.get(number, ONES["ru"][number])
	return [ones, plural_ru(number, ("тысяча", "тысячи", "тысяч"))] if number else []


def counted(number: int, word: str, lang: str) -> list[str]:
	"""Return how many hundreds or thousands: one of them is not counted in Kazakh and Kyrgyz."""
	if not number:
		return []
	return [word] if number == 1 and lang != "en" else [ONES[lang][number], word]


def plural_ru(number: int, forms: tuple[str, str, str]) -> str:
	if number % 10 == 1 and number % 100 != 11:
		return forms[0]
	return forms[1] if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else forms[2]


def sheets(number: int, lang: str) -> str:
	"""Return the number of sheets in figures and words: «24 (жиырма төрт) парақ», «24 (двадцать четыре) листа»."""
	word = {"ru": plural_ru(number, SHEETS_RU), "ky": "барак", "en": "sheet" if number == 1 else "sheets"}
	return f"{number} ({in_words(number, lang)}) {word.get(lang, 'парақ')}"
