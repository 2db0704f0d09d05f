"""Tables as schools have them: encodings, headers, names, days, identity numbers, classes; and whatever else is sent."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
		# What is too short for lost zeros, or does not hold with them, stays for the rule of identity numbers.
		("12345678", "12345678"),
		("123456789", "123456789"),
	],
)
def test_identity_numbers(cell, expected):
	assert values.identity_number(cell) == expected


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


@pytest.mark.parametrize("cell", ["?бді?адыров Н?рс?лтан", "Иванов 2", "Әлі\ufffd"])
def test_names_whose_letters_are_lost_are_not_taken(cell):
	with pytest.raises(values.NotUnderstood):
		values.name(cell)


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


# ---- who is who


NUMBERED = Person("әли ұлан", date(2015, 2, 1), "1")


@pytest.mark.parametrize(
	("people", "expected"),
	[
		([NUMBERED, NUMBERED], {1: 0}),
		([NUMBERED, Person("әли ұлан", date(2015, 2, 1))], {1: 0}),
		([NUMBERED, Person("әли ұлан", date(2015, 2, 1), "2")], {}),
		([NUMBERED, Person("әли ұлан", date(2016, 2, 1))], {}),
		([NUMBERED, Person("басқа", date(2016, 2, 1), "1")], {1: 0}),
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
	],
)
def test_steps(step, status, codes):
	assert [finding.code for finding in imports.next_step(step, status)] == codes


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
	assert [next_year.of_class(grade) for grade in (None, 0, 4, 9, 11)] == [
		None,
		"Move Up",
		"Move Up",
		"Move Up",
		"Leave",
	]
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


@given(st.integers(0, 10**11 - 1))
def test_no_zero_of_an_identity_number_is_invented(first):
	digits = f"{first:011}"
	check = values.check_digit(digits)
	if check is None:
		return
	whole = f"{digits}{check}"
	found = values.identity_number(int(whole))
	assert found == (whole if len(str(int(whole))) >= 9 else str(int(whole)))


@settings(max_examples=40, deadline=None)
@given(LETTERS.map(str.strip).filter(str.strip), LETTERS.filter(str.strip))
def test_letters_survive_every_encoding(surname, given_name):
	lines = [["Тегі", "Аты", "Туған күні"], *[[surname, given_name, "01.02.2015"]] * 3]
	for encoding in ("utf-8", "utf-8-sig", "utf-16"):
		entries = read(files.text(lines, encoding))
		assert [entry.values["surname"] for entry in entries] == [values.plain(surname)] * 3
