"""Identity numbers by their check digit, and files by name, content and size."""

import pytest

from ppss_support.regulation import attachments, identity


def number(first: str) -> str:
	return f"{first}{identity.check_digit(first)}"


class TestIdentity:
	@pytest.mark.parametrize("first", ["99010130012", "00000000001", "85123145678"])
	def test_one_digit_in_ten_holds(self, first):
		held = [digit for digit in "0123456789" if identity.holds(first + digit)]
		assert held == [str(identity.check_digit(first))]

	@pytest.mark.parametrize(
		"given", ["", "12345", number("99010130012")[:-1], "99010130012Х", "١" * 12, "1" * 13]
	)
	def test_refused(self, given):
		assert [f.code for f in identity.number(given)] == ["A84"]

	def test_second_weights(self):
		"""The first sum gives 10, the second weights decide; some beginnings have no number at all."""
		tried = [f"{n:011}" for n in range(3000)]
		first_is_ten = [
			one
			for one in tried
			if sum(int(d) * w for d, w in zip(one, identity.WEIGHTS[0], strict=True)) % 11 == 10
		]
		decided = {identity.check_digit(one) for one in first_is_ten}
		assert None in decided and len(decided) > 5

	def test_kyrgyz(self):
		assert identity.number("21503199012345") == []

	@pytest.mark.parametrize(
		("given", "shown"), [("123456789012", "••••••••9012"), ("12345", "•••••"), ("", "")]
	)
	def test_masked(self, given, shown):
		assert identity.masked(given) == shown


class TestNames:
	@pytest.mark.parametrize(
		("given", "kept"),
		[
			("скан.pdf", "скан.pdf"),
			("../../etc/passwd", "passwd"),
			("..\\..\\win.ini", "win.ini"),
			("a\x00b\r\n.pdf", "ab.pdf"),
			("келісім\u202efdp.exe", "келісімfdp.exe"),
			("%2e%2e%2fx.pdf", "2e 2e 2fx.pdf"),
			(".htaccess", "htaccess"),
			("...", "file"),
			("", "file"),
			("a<script>.pdf", "a script.pdf"),
		],
	)
	def test_cleaned(self, given, kept):
		assert attachments.clean_name(given) == kept

	def test_long_name_keeps_its_ending(self):
		name = attachments.clean_name("ә" * 500 + ".pdf")
		assert len(name) == attachments.LONGEST and name.endswith(".pdf")
		assert len(attachments.clean_name("a." + "b" * 500)) <= attachments.LONGEST


@pytest.mark.parametrize(
	("name", "kind", "size", "codes"),
	[
		("a.pdf", "pdf", 10, []),
		("a.JPEG", "jpg", 10, []),
		("a.pdf", "png", 10, ["A81"]),
		("a.pdf", None, 10, ["A81"]),
		("a.exe", "exe", 10, ["A81"]),
		("a.pdf", "pdf", 3 * attachments.MEGABYTE, ["A82"]),
		("a.exe", None, 3 * attachments.MEGABYTE, ["A81", "A82"]),
	],
)
def test_files_by_content(name, kind, size, codes):
	found = attachments.fits(name, kind, size, ["pdf", "jpg", "png"], 2)
	assert [f.code for f in found] == codes
