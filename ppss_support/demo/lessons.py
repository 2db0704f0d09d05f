"""Lessons by the programmes in work, a small group, and assistants in every state."""

from datetime import date, timedelta

import frappe

from ppss_support import lesson_facts, series
from ppss_support.demo.hands import again, make, take, write
from ppss_support.demo.meetings import decision, hold
from ppss_support.demo.plan import CHILDREN, Child, Programme

TOPICS = (
	"Сабаққа назарын тұрақтандыру жаттығулары",
	"Сезімді атау және білдіру",
	"Жұппен жұмыс істеу ережелері",
)
OBSERVED = "Тапсырманы аз көмекпен орындады, қызығушылық танытты."
DUTIES = "Сабақта және үзілісте сүйемелдеу, тапсырманы қадамдап түсіндіру, дербес жұмысқа үйрету."
SKILLS = ("Тапсырманы тыңдап, бастау", "Жұмыс орнын дайындау", "Көмек сұрай білу")
FIRST_LESSON = 8


def add(story):
	rooms = add_rooms(story)
	add_lessons(story, rooms)
	add_group(story, rooms)
	add_assistants(story)


def add_rooms(story) -> list[str]:
	with story.school.acting("ADM1"):
		authors = sorted({programme.author for _child, programme in taught()})
		titles = [f"{101 + n}-кабинет" for n in range(len(authors))]
		return [
			make("PPSS Room", title=title, organisation=story.school.organisation, separate_premises=1).name
			for title in titles
		]


# ---- lessons


def taught() -> list[tuple[Child, Programme]]:
	"""Return who has lessons now: programmes in work whose child's consent stands, led by a specialist of lessons."""
	return [
		(child, programme)
		for child in CHILDREN
		for programme in child.programmes
		if programme.state == "In implementation"
		and child.consent == "Signed"
		and programme.kind != "ICP"
		and programme.author[:3] in ("PSY", "SOC", "SPE")
	]


def add_lessons(story, rooms: list[str]):
	"""Two lessons held for each child and a week planned; of one specialist also a lesson missed and one corrected."""
	hours: dict[str, int] = {}
	rooms_of = dict(zip(sorted({programme.author for _child, programme in taught()}), rooms, strict=True))
	before = days_before(story)
	for child, programme in story.as_each(taught(), lambda item: item[1].author):
		author = programme.author
		hour = hours[author] = hours.get(author, FIRST_LESSON - 1) + 1
		at = {"start": f"{hour:02d}:00:00", "room": rooms_of[author]}
		for day in before:
			held(story, lesson(story, child, programme, day, at))
		plan_week(story, story.programmes[child.key, programme.kind], at, 30)
	called_off_and_corrected(story, rooms)


def days_before(story) -> list[date]:
	"""Return the last two school days; on the first days of a year both may be one day, and no school day."""
	calendar = lesson_facts.calendar(story.school.year)
	days = sorted({story.calendar.ago(n) for n in range(1, 12)}, reverse=True)
	return sorted([day for day in days if not calendar.closed(day)][:2] or days[:1])


def plan_week(story, source, at: dict, minutes: int):
	"""Plan lessons on the next two school days of the week and the six days after the first of them."""
	calendar = lesson_facts.calendar(story.school.year)
	days = [story.calendar.today + timedelta(days=n) for n in range(1, 22)]
	first, second = [day for day in days if not calendar.closed(day)][:2]
	wish = {"doctype": source.doctype, "name": source.name, "minutes": minutes, "room": at["room"]}
	times = [{"weekday": day.weekday(), "start": at["start"]} for day in (first, second)]
	last = min(first + timedelta(days=6), story.calendar.year.last)
	series.write({**wish, "times": times, "first": first, "last": last}, skip_conflicts=1)


def lesson(story, child: Child, programme: Programme, day: date, at: dict):
	return make(
		"PPSS Session",
		organisation=story.school.organisation,
		school_year=story.school.year,
		date=day,
		planned_minutes=30,
		form="SF1",
		provider=story.staff[programme.author],
		attendance=[{"learner": story.learners[child.key], "present": 1}],
		**at,
	)


def held(story, paper, minutes: int = 30):
	topic = TOPICS[len(paper.name) % len(TOPICS)]
	return take(paper, "Record Lesson", actual_minutes=minutes, content=topic, observation=OBSERVED)


def called_off_and_corrected(story, rooms: list[str]):
	child, programme = next(item for item in taught() if item[1].author == "PSY1")
	at, later = ({"start": start, "room": rooms[0]} for start in ("15:00:00", "16:00:00"))
	with story.school.acting("PSY1"):
		missed = lesson(story, child, programme, days_before(story)[-1], at)
		take(missed, "Call Off", "Бала ауырып қалды")
		wrong = held(story, lesson(story, child, programme, days_before(story)[0], later))
	with story.school.acting("DEP1"):
		take(wrong, "Correct", "Қатысқан бала қате көрсетілген")


def add_group(story, rooms: list[str]):
	"""The small group of a special pedagogue: a lesson held and a week planned."""
	with story.school.acting("SPE1"):
		at = {"start": "14:00:00", "room": rooms[-1]}
		paper = make(
			"PPSS Session",
			organisation=story.school.organisation,
			school_year=story.school.year,
			date=days_before(story)[-1],
			planned_minutes=45,
			form="SF2",
			provider=story.staff["SPE1"],
			group=story.group,
			**at,
		)
		held(story, paper, 45)
		plan_week(story, frappe.get_doc("PPSS Session Group", story.group), at, 45)


# ---- assistants


def add_assistants(story):
	"""Each state of an appointment, by the children whom the consultation recommends an assistant."""
	now, later = quarters(story)
	agenda = {
		"refused": propose(story, "k27", "AST3", now),
		"entered by mistake": propose(story, "k30", "AST3", later),
		"next": propose(story, "k33", "AST1", later),
		"vision": propose(story, "k27", "AST2", now),
		"intellect": propose(story, "k30", "AST1", now),
	}
	agenda = {key: by_deputy(story, paper, "Put on Agenda") for key, paper in agenda.items()}
	agenda["several"] = by_deputy(story, propose(story, "k33", "AST3", now), "Put on Agenda")
	propose(story, "k33", "AST2", later)
	appoint(story, agenda)


def quarters(story) -> tuple[tuple[int, date, date], tuple[int, date, date]]:
	"""Return the running quarter and days still to come: the next quarter, in the last one what is left of it."""
	rows = frappe.get_all(
		"PPSS Quarter",
		{"parent": story.school.year},
		["quarter", "from_date", "to_date"],
		order_by="quarter",
		as_list=True,
	)
	today = story.calendar.today
	running = next((n for n, row in enumerate(rows) if row[2] >= today), len(rows) - 1)
	number, first, last = rows[running]
	left = (number, min(max(first, today + timedelta(days=1)), last), last)
	return rows[running], rows[running + 1] if running + 1 < len(rows) else left


def propose(story, key: str, assistant: str, term: tuple[int, date, date]):
	child = next(c for c in CHILDREN if c.key == key)
	number, first, last = term
	with story.school.acting(child.lead):
		return make(
			"PPSS Assistant Assignment",
			organisation=story.school.organisation,
			school_year=story.school.year,
			learner=story.learners[key],
			assistant=story.staff[assistant],
			quarter=number,
			from_date=first,
			to_date=last,
			duties=DUTIES,
			learner_load_hours=26,
			assistant_hours_week=20,
			skills=[{"skill": skill, "level_start": "Көмекпен"} for skill in SKILLS],
		)


def by_deputy(story, paper, action: str, reason: str | None = None, **values):
	with story.school.acting("DEP1"):
		return take(paper, action, reason, **values)


def decide(story, papers: list, turned_down=None):
	decisions = [
		decision(
			story,
			"DK1",
			"Ассистент тағайындалмасын, сынып жетекшісінің қолдауы жеткілікті"
			if paper is turned_down
			else "Педагог-ассистент бір тоқсанға тағайындалсын",
			"DEP1",
			outcome="Rejected" if paper is turned_down else "Adopted",
			learner=paper.learner,
			assistant=paper.assistant,
			quarter=paper.quarter,
			pmpc=paper.pmpc,
		)
		for paper in papers
	]
	return hold(story, story.calendar.ago(11), ("Педагог-ассистенттерді тағайындау туралы",), decisions)


def appoint(story, agenda: dict):
	"""The second meeting appoints where the first one erred: in the last quarter the periods would meet."""
	decide(story, [agenda["refused"], agenda["entered by mistake"]], turned_down=agenda["refused"])
	mistake = again(agenda["entered by mistake"])
	by_deputy(story, mistake, "Cancel", "Ассистенттің аты қате көрсетілген")
	decide(story, [agenda[key] for key in ("vision", "intellect", "several")])
	by_deputy(story, again(agenda["intellect"]), "Suspend", "Бала санаторийде емделуде")
	end(story, again(agenda["several"]))


def end(story, paper):
	"""Skills of independent learning are formed before the quarter is over."""
	ended = min(max(paper.from_date, story.calendar.today), paper.to_date)
	with story.school.acting("DEP1"):
		rows = [{**row.as_dict(), "level_now": "Дербес", "noted_on": ended} for row in paper.skills]
		paper = write(paper, skills=rows, end_reason="ER2", ended_on=ended)
		take(paper, "End")
