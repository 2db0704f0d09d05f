"""The chain of the archive register: a whole one has no fault, and whatever is done to it is named exactly."""

from hypothesis import given
from hypothesis import strategies as st

from ppss_support.archive import chain
from ppss_support.archive.chain import Fault

TEXT = st.text(max_size=8)


@st.composite
def registers(draw, least: int = 1):
	"""Return the sound register of one school."""
	rows, previous = [], chain.GENESIS
	for number in range(1, draw(st.integers(least, 8)) + 1):
		content = {"organisation": "М", "document": f"D{number}", "reason": draw(TEXT), "pages": number}
		file = {"file_url": f"/{number}.pdf", "sha256": f"{number}"} if draw(st.booleans()) else {}
		rows.append(chain.sealed({**content, **file, "event": "Frozen"}, number, previous))
		previous = rows[-1]["row_hash"]
	return rows


def faults(rows, last: int, files: dict | None = None) -> list[Fault]:
	kept = {row["file_url"]: row["sha256"] for row in rows if row.get("file_url")} if files is None else files
	return chain.verify(rows, last, kept.get)


@given(registers(), st.randoms())
def test_sound_register_has_no_fault_in_whatever_order_it_is_read(rows, random):
	count = len(rows)
	random.shuffle(rows)
	assert faults(rows, count) == []


@given(registers(), st.data())
def test_missing_row_is_named(rows, data):
	count = len(rows)
	gone = data.draw(st.integers(1, count))
	del rows[gone - 1]
	assert faults(rows, count) == [Fault(chain.MISSING_ROW, gone)]


@given(registers(), st.data())
def test_altered_row_is_named(rows, data):
	row = data.draw(st.sampled_from(rows))
	field = data.draw(st.sampled_from(sorted(set(chain.FIELDS) - {"number", "file_url", "sha256"})))
	row[field] = f"{row.get(field)} altered"
	assert faults(rows, len(rows)) == [Fault(chain.ALTERED_ROW, row["number"], row["document"])]


@given(registers(least=2), st.data())
def test_rows_that_changed_places_are_named_with_the_place_they_belong_to(rows, data):
	first, second = data.draw(st.permutations(range(1, len(rows) + 1)))[:2]
	rows[first - 1]["number"], rows[second - 1]["number"] = second, first
	moved = sorted(
		[
			Fault(chain.REORDERED_ROW, second, f"D{first}", first),
			Fault(chain.REORDERED_ROW, first, f"D{second}", second),
		],
		key=lambda fault: fault.number,
	)
	assert faults(rows, len(rows)) == moved


@given(registers(least=2), st.data())
def test_row_rewritten_together_with_its_hash_is_named(rows, data):
	number = data.draw(st.integers(1, len(rows) - 1))
	row = rows[number - 1]
	row["reason"] = f"{row['reason']} rewritten"
	row["row_hash"] = chain.hash_of(row)
	assert faults(rows, len(rows)) == [Fault(chain.BROKEN_LINK, number, row["document"])]


@given(registers(), st.data())
def test_doubled_row_is_named(rows, data):
	row = data.draw(st.sampled_from(rows))
	assert Fault(chain.DOUBLED_ROW, row["number"]) in faults([*rows, dict(row)], len(rows))


@given(registers(), st.data())
def test_missing_and_altered_files_are_named(rows, data):
	with_file = [row for row in rows if row.get("file_url")]
	files = {row["file_url"]: row["sha256"] for row in with_file}
	expected = []
	for row in with_file:
		what = data.draw(st.sampled_from(["whole", chain.MISSING_FILE, chain.ALTERED_FILE]))
		files[row["file_url"]] = {"whole": row["sha256"], chain.MISSING_FILE: None}.get(what, "other")
		expected += [] if what == "whole" else [Fault(what, row["number"], row["document"])]
	assert faults(rows, len(rows), files) == expected


def test_nothing_told_from_missing():
	row = {"organisation": "М", "number": 1, "event": "Frozen", "document": "D"}
	assert chain.hash_of(row) == chain.hash_of({**row, "reason": "", "pages": 0, "learner": None})


PERSONAL = ("learner", "reason", "signer", "file_url")


def destroyed(rows, number: int):
	"""Return the register after the row of this number was destroyed by an act, as the program does it."""
	rows = [{**row, "name": f"R{row['number']}"} for row in rows]
	target = rows[number - 1]
	target.update(dict.fromkeys(PERSONAL))
	seal = {
		"event": chain.DESTROYED,
		"document": target["document"],
		"about_row": target["name"],
		"sha256": chain.seal_of(target),
	}
	return [*rows, chain.sealed(seal, len(rows) + 1, rows[-1]["row_hash"])]


@given(registers(), st.data())
def test_destruction_by_an_act_is_no_fault(rows, data):
	after = destroyed(rows, data.draw(st.integers(1, len(rows))))
	assert faults(after, len(after)) == []


@given(registers(), st.data())
def test_what_is_left_of_a_destroyed_row_is_sealed(rows, data):
	number = data.draw(st.integers(1, len(rows)))
	after = destroyed(rows, number)
	after[number - 1]["pages"] = 99
	assert Fault(chain.ALTERED_ROW, number, f"D{number}") in faults(after, len(after))


@given(registers(least=2), st.data())
def test_emptied_row_without_its_act_is_a_fault(rows, data):
	number = data.draw(st.integers(1, len(rows)))
	after = destroyed(rows, number)
	forged = [*after[:-1], {**after[-1], "sha256": "0" * 64}]
	assert faults(forged, len(forged))[-1].kind == chain.ALTERED_ROW
	if after[number - 1]["row_hash"] != chain.hash_of(after[number - 1]):
		assert Fault(chain.ALTERED_ROW, number, f"D{number}") in faults(after[:-1], len(rows))
