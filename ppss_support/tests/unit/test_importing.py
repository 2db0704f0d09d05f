"""Tables as schools have them: encodings, headers, names, days, identity numbers, classes; and whatever else is sent."""

import time
import tracemalloc
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ppss_support.importing import bad_rows, encodings, headers, parsing, sheets, tables, values
from ppss_support.importing.sheets import EPOCH, NoTable
from ppss_support.names import ALPHABET
from ppss_support.regulation import imports, next_year, school_classes
from ppss_support.regulation.imports import Person
from ppss_support.tests import tables as files

TODAY = date(2026, 11, 21)


def read(content: bytes, kind: str = imports.LEARNERS, **more) -> list[parsing.Entry]:
	return [parsing.read(row, TODAY) for row in tables.table_of(sheets.sheets_of(content), kind, **more).rows]


@pytest.mark.parametrize("broken", files.FILES)
def test_every_list_tells_of_the_same_children(broken):
	_name, content = files.FILES[broken]
	entries = read(content)
	people = [entry for entry in entries if not entry.wrong and entry.values.get("given_name")]
	found = [
		(
			values.key_of(" ".join(one.values.get(part) or "" for part in parsing.NAME_PARTS)),
			one.values["birth_date"],
		)
		for one in people
	]
	assert found == [(values.key_of(" ".join(child[:3])), child[3]) for child in files.CHILDREN]
	assert {one.values["school_class"] for one in people} <= {(5, "Ә"), (6, "Б")}
	numbers = [one.values["identity_number"] for one in people if "identity_number" in one.values]
	assert numbers in ([], list(files.NUMBERS))
	# A signature under the list is no child.
	assert len(entries) - len(people) <= ("pages" in broken)


def test_numbers_of_excel_have_lost_zeros():
	assert len(files.FILES) >= 12
	assert [len(str(int(number))) for number in files.NUMBERS] == [11, 10, 12, 11]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"])
def test_kazakh_text_in_any_encoding(encoding):
	text = "Тегі;Аты;Туған күні\nӘбдіқадыров;Нұрсұлтан;12.05.2014\nӨмірбек;Ғабит;03.11.2014\nҚаһарман;Іңкәр;30.12.2013\n"
	assert encodings.text_of(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize("encoding", ["cp866", "koi8_r", "mac_cyrillic", "cp1251"])
def test_russian_text_in_old_encodings(encoding):
	text = "Фамилия;Имя;Отчество\nИванов;Пётр;Сергеевич\nКузнецова;Анна;Олеговна\nСидоренко;Мария;Юрьевна\n"
	assert encodings.text_of(text.encode(encoding)) == text


@pytest.mark.parametrize(
	"content",
	[b"", b"%PDF-1.4\n\x00\x01\x02", b"PK\x03\x04 no archive", b"\xff\xfe\x00\xd8", b"\x89PNG\r\n\x1a\n\x00"],
)
def test_what_is_no_table_is_told(content):
	with pytest.raises(NoTable):
		read(content)


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		(files.NUMBERS[0], files.NUMBERS[0]),
		(int(files.NUMBERS[0]), files.NUMBERS[0]),
		(float(files.NUMBERS[1]), files.NUMBERS[1]),
		(f"{int(files.NUMBERS[1])}.0", files.NUMBERS[1]),
		(f"' {files.NUMBERS[2]}", files.NUMBERS[2]),
		("21503199012345", "21503199012345"),
		# A digit is forgotten, and the number with a zero before it holds by chance: no day begins so.
		(files.number("09930150001").lstrip("0"), files.number("09930150001").lstrip("0")),
		# What is too short for lost zeros, or does not hold with them, stays for the rule of identity numbers.
		("12345678", "12345678"),
		("123456789", "123456789"),
	],
)
def test_identity_numbers(cell, expected):
	assert values.identity_number(cell) == expected


def test_zeros_are_put_back_by_the_birth_date():
	given = files.NUMBERS[0].lstrip("0")
	assert values.identity_number(given, date(2005, 5, 12)) == files.NUMBERS[0]
	assert values.identity_number(given, date(2014, 5, 12)) == given
	line = f"ИИН;ФИО;Дата рождения\n{given};Бала Ұл;12.05.2014\n"
	assert [finding.code for _field, finding in read(line.encode())[0].wrong] == ["A84"]


@pytest.mark.parametrize("cell", ["1,41205E+11", "14051A250001", "ЖСН жоқ"])
def test_a_number_that_lost_its_digits_is_not_understood(cell):
	with pytest.raises(values.NotUnderstood):
		values.identity_number(cell)


@pytest.mark.parametrize(
	"cell",
	[
		*("09.01.2014", "9.1.2014", "09/01/2014", "09-01-14", "2014-01-09", "2014-01-09 00:00:00"),
		*("09.01.2014 г.", " 09.01.2014\u00a0", "9 января 2014 г.", "2014 жылғы 9 қаңтар"),
		*(41648, 41648.0, "41648", date(2014, 1, 9)),
	],
)
def test_days(cell):
	assert values.day(cell, latest=TODAY) == date(2014, 1, 9)


@pytest.mark.parametrize(
	"cell", ["31.02.2014", "13/25/2014", "2014", "белгісіз", "9 января", 7, "00.00.0000"]
)
def test_what_is_no_day(cell):
	with pytest.raises(values.NotUnderstood):
		values.day(cell, latest=TODAY)


@pytest.mark.parametrize(
	"cell",
	[
		*("?бді?адыров Н?рс?лтан", "Иванов 2", "Әлі\ufffd", "#N/A", "#REF!", "Ахметов Али (инвалид)"),
		*("Ахметов, Али", "Али_Ұлан", "Али/Ұлан"),
	],
)
def test_names_whose_letters_are_lost_are_not_taken(cell):
	with pytest.raises(values.NotUnderstood):
		values.name(cell)


@pytest.mark.parametrize("nothing", ["-", "–", "—", "нет", "ЖОҚ", "б/о"])
def test_what_stands_for_no_patronymic_is_none(nothing):
	assert values.name(nothing) == ""
	assert values.person(f"Ахметов Али {nothing}") == values.person("Ахметов Али")


@pytest.mark.parametrize("cell", ["О’Нил-Ким", "Али Ұлан кызы", "Әбдіқадыров А.Б.", "Жўраев Ўктам", "Ким"])
def test_sound_names_are_taken(cell):
	assert values.name(cell) == cell


@pytest.mark.parametrize(
	"cell", ["5А", "5 А", "5-А", "5 «А»", '5 "А" сынып', "5a", "5. А", "5А класс", " 5 а "]
)
def test_classes(cell):
	assert values.class_key(cell) == (5, "А")


@pytest.mark.parametrize(
	("cell", "key"), [("Күншуақ тобы", (None, "күншуақ тобы")), ("0 Ә", (0, "Ә")), (11, (11, ""))]
)
def test_other_classes(cell, key):
	assert values.class_key(cell) == key


@pytest.mark.parametrize(
	("header", "field"),
	[
		("Тегі, аты, әкесінің аты", "full_name"),
		("ЖСН (ИИН)", "identity_number"),
		("Дата рождения (дд.мм.гггг)", "birth_date"),
		("Оқушының туған күні, айы, жылы:", "birth_date"),
		("Оқушы", "full_name"),
		# What belongs to somebody else, or is nothing of ours.
		("Сынып жетекшісі", None),
		("ФИО родителя", None),
		("Әкесінің аты-жөні", None),
		("№", None),
	],
)
def test_headers(header, field):
	assert headers.known(imports.LEARNERS).get(headers.header_key(header)) == field


def test_a_person_decides_what_a_column_holds():
	content = files.text([["Кім", "Қашан", "Тобы"], ["Әли Ұлан", "01.02.2015", "5 Ә"]])
	with pytest.raises(NoTable):
		read(content)
	chosen = {"кім": "full_name", "қашан": "birth_date"}
	assert read(content, chosen=chosen)[0].values["birth_date"] == date(2015, 2, 1)
	assert not read(content, chosen={**chosen, "тобы": ""})[0].values.get("school_class")


def test_refused_rows_come_back_as_they_are_taken_in_again():
	_name, content = files.FILES["class over the rows, days written out"]
	table = tables.table_of(sheets.sheets_of(content), imports.LEARNERS)
	reasons = {("", row.number): "=1+1" for row in table.rows[1:3]}
	words = {"reason": "Неге", "row": "Жол", "class": "Сынып", "title": "Жолдар"}
	again = read(bad_rows.workbook(table.rows, reasons, table.heads, words))
	assert [entry.values["surname"] for entry in again] == [child[0] for child in files.CHILDREN[1:3]]
	assert {entry.values["school_class"] for entry in again} == {(5, "Ә")}


# ---- whose a column is

PUPIL = "ФИО ученика;Дата рождения;Класс"
MOTHER_FIRST = "Анасының;;;Оқушының;;\nТегі;Аты;Туған күні;Тегі;Аты;Сынып\nАна;Гүл;01.02.1980;Бала;Ұл;5 А"


@pytest.mark.parametrize(
	("text", "expected"),
	[
		(f"{PUPIL};ФИО учителя\nБала Ұл;01.02.2015;5 А;Ұстаз Ана", "Бала Ұл 2015"),
		("ФИО педагога;ФИО ученика;Дата рождения;Класс\nҰстаз Ана;Бала Ұл;01.02.2015;5 А", "Бала Ұл 2015"),
		(f"{PUPIL};Мать;Дата рождения\nБала Ұл;01.02.2015;5 А;Ана Гүл;01.02.1980", "Бала Ұл 2015"),
		(MOTHER_FIRST, "Бала Ұл"),
		(
			";Ребенок;;;Отец;;\n№;Фамилия;Имя;Дата рождения;Фамилия;Имя;Дата рождения\n"
			"1;Бала;Ұл;01.02.2015;Әке;Бек;01.02.1980",
			"Бала Ұл 2015",
		),
	],
)
def test_nobody_elses_column_is_taken_for_the_childs(text, expected):
	content = text.encode()
	given = sheets.sheets_of(content)
	first = tables.headers_of(given, imports.LEARNERS, {})
	entries = read(content)
	# As the import keeps and remembers what its columns hold: by the keys of their headers, without a loss.
	again = read(content, chosen={headers.header_key(text): field for text, field in first.items()})
	for [entry] in (entries, again):
		born = entry.values.get("birth_date")
		said = (entry.values["surname"], entry.values["given_name"], str(born.year) if born else "")
		assert " ".join(filter(None, said)) == expected


@pytest.mark.parametrize("header", ["ФИО педагога", "Қызметкердің аты-жөні", "Аты-жөні", "ФИО сотрудника"])
def test_staff_are_who_a_list_of_staff_is_about(header):
	[entry] = read(f"{header};Должность\nҰстаз Ана;учитель".encode(), imports.SPECIALISTS)
	assert entry.values["surname"] == "Ұстаз"


def test_headers_of_several_sheets_are_one_column_that_is_taken_in():
	lines = [["Қашан", "Тегі", "Аты"], ["01.02.2015", "Бала", "Ұл"]]
	given = [sheets.Sheet(title, list(map(tuple, lines))) for title in ("5 А", "5 Ә")]
	given.append(sheets.Sheet("6 А", [("ТЕГІ", "Оқушының аты"), ("Бала", "Қыз")]))
	assert list(tables.headers_of(given, imports.LEARNERS, {}).values()) == ["", "surname", "given_name"]


def test_many_brackets_in_a_header_take_no_time():
	began = time.monotonic()
	assert headers.header_key("(" * 50_000 + "ФИО") == "фио"
	assert time.monotonic() - began < 1


# ---- rows that are not understood, and tables that are too large


def test_a_row_without_a_name_is_refused_and_seen():
	entries = read("ФИО;Дата рождения;Класс\n;01.02.2015;5 А\n;;5 А\nИтого;;\n".encode())
	assert [entry.person.name_key for entry in entries] == [""]
	assert entries[0].values["birth_date"] == date(2015, 2, 1)


def test_rows_after_many_empty_ones_are_read():
	header, child = "Тегі;Аты;Туған күні\n", "Бала;Ұл;01.02.2015\n"
	assert len(read((header + child + ";;\n" * 700 + child).encode())) == 2


def test_sheets_whose_names_are_not_known_are_told():
	of_people = [("Тегі", "Аты"), ("Бала", "Ұл")]
	unknown = [("Кім", "Сынып"), ("Бала Ұл", "5 А")]
	given = [
		sheets.Sheet(title, rows)
		for title, rows in (("5 А", of_people), ("5 Ә", unknown), ("Анықтама", [("Кесте жоқ",)]), ("Бос", []))
	]
	assert tables.left_out(given, imports.LEARNERS, {}) == ["5 Ә"]
	assert not tables.left_out(given, imports.LEARNERS, {"кім": "full_name"})


@pytest.mark.parametrize("cell", ["12 мая, тел. 87011234567", "9" * 5000, "1 мая " + "9" * 5000])
def test_one_cell_does_not_stop_the_others(cell):
	[entry] = read(f"Тегі;Аты;Туған күні\nБала;Ұл;{cell}\n".encode())
	assert [finding.code for _field, finding in entry.wrong] == ["A142"]


def test_a_workbook_with_a_cell_at_the_end_of_a_sheet_is_read_in_little_memory():
	book = files.openpyxl.Workbook()
	for line in (("Тегі", "Аты"), *[("Бала", "Ұл")] * 400):
		book.active.append(line)
	for row in range(1, 400):
		book.active.cell(row, 16384, "x")
	book.active.cell(1_048_576, 1, "")
	content = files.xlsx([], book=book)
	tracemalloc.start()
	assert len(read(content)) == 400
	most = tracemalloc.get_traced_memory()[1]
	tracemalloc.stop()
	assert most < 20_000_000


@pytest.mark.parametrize(
	"content",
	[
		"Тегі;Аты\n".encode() + "Бала;Ұл\n".encode() * 20_000,
		"Тегі;Аты\n".encode() + b"a;" * 201 + b"b",
		files.xlsx([["Тегі", "Аты"], [None] * 200 + ["x"]]),
	],
)
def test_a_table_that_is_too_large_is_told(content):
	with pytest.raises(NoTable, match="too large"):
		read(content)


def test_a_tab_named_as_the_delimiter():
	[entry] = read("sep=\t\r\nТегі, аты\tТуған күні\r\nБала Ұл\t01.02.2015\r\n".encode())
	assert entry.values["surname"] == "Бала"


@pytest.mark.parametrize(
	"names", [["Жўраев Ўктам", "Серік Ғабит"], ["Жўраев Ўктам", "Иванов Пётр"], ["Јовић Ана", "Әли Ұлан"]]
)
def test_sound_letters_are_left(names):
	entries = read(files.text([["ФИО"], *([name] for name in names)], "utf-8"))
	assert [f"{one.values['surname']} {one.values['given_name']}" for one in entries] == names


# ---- refused rows


def bad_rows_again(content: bytes) -> list[parsing.Entry]:
	table = tables.table_of(sheets.sheets_of(content), imports.LEARNERS)
	reasons = {(row.sheet, row.number): "неге" for row in table.rows}
	words = {"reason": "Неге", "row": "Жол", "class": "Сынып", "title": "Жолдар"}
	return read(bad_rows.workbook(table.rows, reasons, table.heads, words))


def test_refused_rows_keep_class_and_calendar_and_lose_signs_of_control():
	book = files.openpyxl.Workbook()
	book.epoch = CALENDAR_MAC_1904
	for line in (["ФИО", "Дата рождения", "Класс"], ["5 Ә"], ["Бала Ұл", 40_000]):
		book.active.append(line)
	[entry] = bad_rows_again(files.xlsx([], book=book))
	assert entry.values["school_class"] == (5, "Ә")
	assert entry.values["birth_date"] == CALENDAR_MAC_1904.date() + timedelta(days=40_000)
	[entry] = bad_rows_again("Тегі;Аты;Ескерту\nБала;Ұл;бір\x1aекі\n".encode())
	assert entry.values["surname"] == "Бала"


# ---- who is who


NUMBERED = Person("әли ұлан", date(2015, 2, 1), "1")
WITH_PATRONYMIC = Person("әли ұлан бекұлы", date(2015, 2, 1))


@pytest.mark.parametrize(
	("people", "expected"),
	[
		([NUMBERED, NUMBERED], {1: 0}),
		([NUMBERED, Person("әли ұлан", date(2015, 2, 1))], {1: 0}),
		([NUMBERED, Person("әли ұлан", date(2015, 2, 1), "2")], {}),
		([NUMBERED, Person("әли ұлан", date(2016, 2, 1))], {}),
		([NUMBERED, Person("басқа", date(2016, 2, 1), "1")], {1: 0}),
		([NUMBERED, WITH_PATRONYMIC], {1: 0}),
		([WITH_PATRONYMIC, NUMBERED, Person("әли ұлан ерікұлы", date(2015, 2, 1))], {1: 0}),
		([WITH_PATRONYMIC, Person("әли ұлан ерікұлы", date(2015, 2, 1))], {}),
		([WITH_PATRONYMIC, Person("әли ұлан")], {}),
	],
)
def test_who_stands_twice(people, expected):
	assert imports.repeated(people) == expected


@pytest.mark.parametrize(
	("records", "record", "codes"),
	[
		({}, None, []),
		({"A": NUMBERED}, "A", []),
		({"A": Person("әлиева ұлан", date(2015, 2, 1), "1")}, "A", []),
		({"A": Person("басқа адам", date(2014, 2, 1), "1")}, "A", ["A146"]),
		(
			{"A": Person("әли ұлан", date(2015, 2, 1)), "B": Person("әли ұлан", date(2015, 2, 1))},
			None,
			["A145"],
		),
		({"A": Person("әли ұлан", date(2015, 2, 1), "2")}, None, ["A146"]),
		({"A": WITH_PATRONYMIC}, "A", []),
		({"A": Person("әли ұлан бекұлы", date(2014, 2, 1))}, None, []),
		({"A": Person("әли ұлан бекұлы")}, None, ["A145"]),
		({"A": Person("әли ұлан бекұлы", None, "2")}, None, []),
		({"A": Person("әли ұлана", date(2015, 2, 1))}, None, []),
		({"A": Person("әли ұлан", date(2011, 2, 1), "2")}, None, []),
	],
)
def test_which_record_a_row_is_about(records, record, codes):
	found, findings = imports.one_record(NUMBERED, records)
	assert (found, [finding.code for finding in findings]) == (record, codes)


@pytest.mark.parametrize(
	("step", "status", "codes"),
	[
		("Check", "New", []),
		("Enter", "New", ["A149"]),
		("Enter", "Checked", []),
		("Check", "Being Entered", ["A149"]),
		("Enter", "Done", []),
		# A check that has failed has shown nothing.
		("Enter", "Failed", ["A149"]),
		("Check", "Failed", []),
	],
)
def test_steps(step, status, codes):
	assert [finding.code for finding in imports.next_step(step, status)] == codes


def test_a_group_of_a_college_stays_one():
	given = (("L0", 0), ("L1", 4), ("L2", 5), ("L4", 2))
	assert [school_classes.level_after(*one) for one in given] == ["L1", "L2", "L2", "L4"]


def test_only_its_maker_lets_an_import_be_entered():
	assert not imports.presses("a", "a", "Адам")
	assert [finding.code for finding in imports.presses("b", "a", "Адам")] == ["A154"]


def test_grades_and_their_stages():
	levels = {grade: school_classes.level_of(grade) for grade in range(14)}
	assert [levels[grade] for grade in (0, 1, 4, 5, 9, 10, 11, 13)] == [
		"L0",
		"L1",
		"L1",
		"L2",
		"L2",
		"L3",
		"L3",
		None,
	]


@pytest.mark.clause("KZ92-20")
def test_what_is_proposed_for_the_next_year():
	given = ((None, "L0"), (0, "L0"), (4, "L1"), (9, "L2"), (11, "L3"), (2, "L4"))
	proposed = [None, "Move Up", "Move Up", "Move Up", "Leave", None]
	assert [next_year.of_class(*one) for one in given] == proposed
	assert next_year.of_case(True, ["Continue"]) == "Close"
	assert [next_year.of_case(False, said) for said in ([], ["Stop"], ["Stop", "Change"])] == [
		None,
		"Close",
		"Carry On",
	]
	assert [f.code for f in next_year.decided("Leave", next_year.OF_CASE)] == ["A143"]


# ---- whatever is sent


LETTERS = st.text(ALPHABET + ALPHABET.lower() + " -", min_size=1, max_size=12)
CELLS = st.one_of(
	st.none(),
	st.text(max_size=30),
	st.integers(-(10**14), 10**14),
	st.floats(allow_nan=True),
	st.dates(),
	st.datetimes(),
	LETTERS,
)


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_reading(content):
	with suppress(NoTable):
		read(content)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=4))
@settings(max_examples=40, deadline=None)
def test_no_cells_break_the_reading(lines):
	header = ("№", "ЖСН", "Тегі", "Аты", "Туған күні", "Сынып", "Тілі")
	sheet = sheets.Sheet("5 Ә", [header, *map(tuple, lines)])
	for kind in imports.FIELDS:
		for row in tables.table_of([sheet], kind).rows:
			entry = parsing.read(row, TODAY)
			assert all(code in ("A142", "A84") for code in (finding.code for _field, finding in entry.wrong))


@given(st.dates(date(1930, 1, 1), TODAY))
def test_a_day_is_read_as_it_was_written(day):
	for cell in (day.strftime("%d.%m.%Y"), day.isoformat(), (day - EPOCH) // timedelta(days=1)):
		assert values.day(cell, latest=TODAY) == day


@given(st.integers(0, 10**10 - 1))
def test_no_zero_of_an_identity_number_is_invented(first):
	digits = f"{first:011}"
	check = values.check_digit(digits)
	if check is None:
		return
	whole = f"{digits}{check}"
	found = values.identity_number(int(whole))
	with suppress(ValueError):
		born = date(2000 + first // 10**9, first // 10**7 % 100, first // 10**5 % 100)
		assert values.identity_number(int(whole), born) == whole
		assert found == whole
		return
	assert found == str(int(whole))


def with_letters(text: str) -> bool:
	"""Tell a name from a dash, which stands where there is none."""
	return any(map(str.isalpha, text))


@settings(max_examples=40, deadline=None)
@given(LETTERS.map(str.strip).filter(with_letters), LETTERS.filter(with_letters))
def test_letters_survive_every_encoding(surname, given_name):
	lines = [["Тегі", "Аты", "Туған күні"], *[[surname, given_name, "01.02.2015"]] * 3]
	for encoding in ("utf-8", "utf-8-sig", "utf-16"):
		entries = read(files.text(lines, encoding))
		assert [entry.values["surname"] for entry in entries] == [values.plain(surname)] * 3
