"""The nine journals of the demo school: volumes opened with the year, certified by the head; one is full, one not certified."""

from ppss_support.demo.hands import again, make, take
from ppss_support.regulation.journals import JOURNALS, REGISTRATION

SHEETS, FULL, NOT_YET = 48, "J5", "J9"
PSYCHOLOGIST, HEAD = "PSY1", "HEAD1"


def open_volumes(story) -> list:
	nine = [journal for journal in JOURNALS if journal != REGISTRATION]
	with story.school.acting(PSYCHOLOGIST):
		volumes = [open_volume(story, journal) for journal in nine]
	with story.school.acting(HEAD):
		for volume in volumes:
			if volume.kind != NOT_YET:
				take(volume, "Certify")
	return volumes


def open_volume(story, journal: str, **values):
	opened = {"date": story.calendar.year.first, "sheets": SHEETS, **values}
	own = {"organisation": story.school.organisation, "school_year": story.school.year}
	return make("PPSS Journal Volume", **own, kind=journal, **opened)


def begin_next_volume(story, volumes: list):
	"""Close the volume that is full and open the next one, whose numbers run on."""
	with story.school.acting(PSYCHOLOGIST):
		take(again(next(one for one in volumes if one.kind == FULL)), "Close")
		open_volume(story, FULL, date=story.calendar.ago(0))
