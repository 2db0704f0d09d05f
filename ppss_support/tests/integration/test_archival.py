"""What PDF/A asks of the bytes of a file."""

from itertools import count

import pydyf

from ppss_support.pdf.archival import compress

RUNS_INTO_THE_END = b"\r\nendstream"


def test_no_compressed_bytes_run_into_the_end_of_their_stream():
	pdf = pydyf.PDF()
	streams = (pydyf.Stream([b"%d" % number], compress=True) for number in count())
	ambiguous = next(stream for stream in streams if stream.data.endswith(RUNS_INTO_THE_END))
	sound = pydyf.Stream([b"BT ET"])
	for stream in (ambiguous, sound):
		pdf.add_object(stream)
	compress(None, pdf)
	assert not ambiguous.data.endswith(RUNS_INTO_THE_END)
	assert b"/FlateDecode" in sound.data and b"/FlateDecode" not in ambiguous.data
