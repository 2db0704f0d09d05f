"""Meetings of the service with their decisions, and the referrals to the Centre that rest on them."""

from ppss_support.demo.hands import again, make, take
from ppss_support.demo.plan import CHILDREN, Child
from ppss_support.demo.school import CENTRES
from ppss_support.demo.staff import MEMBERS

REFERRED = [child for child in CHILDREN if child.referral]
DECIDED = [child for child in REFERRED if child.referral not in ("Draft", "On meeting agenda")]
SENT = ("Sent", "Accepted", "Declined by Centre", "Result received", "Closed", "Cancelled")
ACCEPTED = ("Accepted", "Result received", "Closed")
REFERRAL = {
	"kk": {
		"reason": "Мектеп жағдайындағы қолдаудан кейін де мамандандырылған психологиялық көмек қажет.",
		"support_given": "Педагог-психологтың он екі жеке сабағы, сынып жетекшісімен және отбасымен бірлескен жұмыс.",
		"questions": "Эмоционалдық күйін тереңдетіп зерттеу, отбасына ұсыным беру.",
		"enclosures": "Бағалау қорытындысының үзіндісі, бағдарламаның көшірмесі",
	},
	"ru": {
		"reason": "После поддержки в школе требуется специализированная психологическая помощь.",
		"support_given": "Двенадцать индивидуальных занятий педагога-психолога, работа с классным руководителем и семьёй.",
		"questions": "Углублённое изучение эмоционального состояния, рекомендации семье.",
		"enclosures": "Выписка из заключения оценки, копия программы",
	},
}
ANSWER = "Орталық қабылдады, алғашқы кездесу тағайындалды."
REFUSAL = "Орталық бос орын болмауына байланысты келесі тоқсанда қайта жүгінуді ұсынды."
RESULT = {
	"result_text": "Сегіз кездесу өткізілді. Мазасыздық азайды, өзін-өзі реттеу тәсілдерін меңгерді.",
	"recommendations": "Мектепте айына екі рет қолдау кездесуі, отбасына кеңес беру.",
}


# ---- referrals


def add_referrals(story):
	for child in story.as_each(REFERRED, lambda c: c.lead):
		story.referrals[child.key] = make("PPSS Referral", **referral(story, child))
	press(story, [c for c in REFERRED if c.referral != "Draft"], "Put on Agenda", "DEP1")
	decide(story)
	press(story, at(SENT), "Send", "HEAD1")
	press(story, at(("Returned",)), "Return", "HEAD1", "Орталыққа қойылатын сұрақтар нақтылансын")
	press(story, at(("Cancelled",)), "Recall", "HEAD1", "Отбасы басқа қалаға көшті")
	answer(story)


def at(states: tuple[str, ...]) -> list[Child]:
	return [child for child in REFERRED if child.referral in states]


def referral(story, child: Child) -> dict:
	return {
		"organisation": story.school.organisation,
		"school_year": story.school.year,
		"subject": child.subject,
		"learner": story.learners[child.key],
		"representative": story.parents[child.key] if child.subject != "Learner" else None,
		"representative_agreed_on": story.calendar.ago(9) if child.subject != "Learner" else None,
		"centre": CENTRES[REFERRED.index(child) % 2],
		"print_language": "ru" if child.russian else "kk",
		**REFERRAL["ru" if child.russian else "kk"],
	}


def press(story, children: list[Child], action: str, who, reason: str | None = None, **values):
	for child in story.as_each(children, who if callable(who) else lambda c: who):
		story.referrals[child.key] = take(story.referrals[child.key], action, reason, **values)


def decide(story):
	"""One meeting decides on all of them, each by its own decision; one is turned down."""
	decisions = [decision_on(story, child) for child in DECIDED]
	hold(story, story.calendar.ago(8), ("Орталыққа жіберу туралы ұсыныстарды қарау",), decisions)
	for child in DECIDED:
		story.referrals[child.key] = again(story.referrals[child.key])


def decision_on(story, child: Child) -> dict:
	refused = child.referral == "Not supported"
	return {
		"kind": "DK2",
		"agenda_no": 1,
		"text": "Орталыққа жіберу қажет емес, мектептегі қолдау жалғассын"
		if refused
		else "Орталыққа жіберілсін",
		"outcome": "Rejected" if refused else "Adopted",
		"learner": story.learners[child.key],
		"representative": story.parents[child.key] if child.subject != "Learner" else None,
		"centre": story.referrals[child.key].centre,
		"responsible": story.staff[child.lead],
		"deadline": story.calendar.ahead(14),
		**votes(),
	}


def answer(story):
	"""What the Centre wrote back is entered by the psychologist."""
	lead = lambda child: child.lead  # noqa: E731
	answered = {"answered_on": story.calendar.ago(4), "answer_text": ANSWER}
	press(story, at(ACCEPTED), "Record Acceptance", lead, **answered)
	declined = {**answered, "answer_text": REFUSAL}
	press(story, at(("Declined by Centre",)), "Record Refusal of the Centre", lead, **declined)
	result = {"result_date": story.calendar.ago(1), **RESULT}
	press(story, at(("Result received", "Closed")), "Record Result", lead, **result)
	press(story, at(("Closed",)), "Close", "DEP1", follow_up="Орталық ұсынымдары бағдарламаға енгізілді")


# ---- meetings


def add_meetings(story):
	"""Beside the meeting on referrals: one in every state, each about what the service decides in the year."""
	executed(story)
	discussed(story)
	turned_to_pmpc(story)
	cancelled(story)
	unfinished(story)


def executed(story):
	decisions = [
		decision(story, "DK4", "Балалардың тізімі басшыға бекітуге ұсынылсын", "DEP1"),
		decision(story, "DK9", "Сынып жетекшілеріне келісім нысандары таратылсын", "SOC1"),
	]
	questions = ("Қолдауды қажет ететін балалардың тізімі туралы", "Ата-аналардың келісімін алу барысы")
	meeting = hold(story, story.calendar.ago(29), questions, decisions)
	with story.school.acting("DEP1"):
		rows = [{**row.as_dict(), "executed": 1, "execution_note": "Орындалды"} for row in meeting.decisions]
		take(meeting, "Mark Executed", decisions=rows)


def discussed(story):
	children = [c for c in CHILDREN if any(p.state == "Completed" for p in c.programmes)]
	decisions = [
		decision(story, "DK3", c.about["outcome"][2], c.lead, learner=story.learners[c.key]) for c in children
	]
	hold(story, story.calendar.ago(2), ("Бағдарламалардың нәтижелерін талқылау",), decisions)


def turned_to_pmpc(story):
	child = next(c for c in CHILDREN if c.key == "n06")
	decisions = [
		decision(
			story,
			"DK5",
			"Ата-ананың келісімімен ПМПК-ге жүгінілсін",
			"SPE1",
			learner=story.learners[child.key],
		),
		decision(
			story, "DK9", "Пән мұғалімдеріне бейімделген тапсырма дайындау бойынша семинар өткізілсін", "DEP2"
		),
	]
	questions = ("ПМПК-ге жүгіну туралы", "Пән мұғалімдеріне әдістемелік көмек")
	hold(story, story.calendar.ago(15), questions, decisions, chair="DEP2")


def cancelled(story):
	decisions = [decision(story, "DK9", "Кабинет жабдықтарының тізімі жасалсын", "SPE1")]
	meeting = hold(story, story.calendar.ago(20), ("Кабинеттерді жабдықтау туралы",), decisions)
	with story.school.acting("HEAD1"):
		take(meeting, "Cancel", "Отырыс күні қате тіркелген, хаттама қайта рәсімделеді")


def unfinished(story):
	"""Leave a meeting to adopt, one to record, and one that did not take place."""
	learner = story.learners["k01"]
	call(story, story.calendar.ahead(7), ("Орталыққа жіберу туралы ұсыныс", "Тоқсан қорытындысы"))
	call(story, story.calendar.today, ("Ата-аналар жиналысына дайындық",))
	missed = call(story, story.calendar.ago(6), ("Психологиялық салауаттылық апталығы",))
	with story.school.acting("DEP1"):
		take(missed, "Not Held", "Мүшелердің басым бөлігі аудандық семинарда болды")
	held = call(story, story.calendar.ago(1), ("Аралық нәтижелерді талқылау",))
	record(
		story, held, [decision(story, "DK3", "Қолдау белгіленген көлемде жалғассын", "PSY1", learner=learner)]
	)


def hold(story, day, questions: tuple[str, ...], decisions: list[dict], chair: str = "DEP1"):
	meeting = record(story, call(story, day, questions, chair), decisions)
	with story.school.acting("DEP1"):
		return take(meeting, "Adopt Decision")


def call(story, day, questions: tuple[str, ...], chair: str = "DEP1"):
	with story.school.acting(chair):
		return make(
			"PPSS Meeting",
			organisation=story.school.organisation,
			school_year=story.school.year,
			date=day,
			chair=story.staff[chair],
			secretary=story.staff["SOC1"],
			attendees=[{"specialist": story.staff[key], "present": 1} for key in MEMBERS],
			agenda=[{"question": question, "reporter": story.staff["PSY1"]} for question in questions],
		)


def record(story, meeting, decisions: list[dict]):
	"""The secretary writes the minutes."""
	with story.school.acting("SOC1"):
		agenda = [
			{**row.as_dict(), "heard": "Баяндамашы ақпарат берді.", "spoken": "Мүшелер ұсыныстарын айтты."}
			for row in meeting.agenda
		]
		attendees = [
			{**row.as_dict(), "present": row.specialist != story.staff["AST3"]} for row in meeting.attendees
		]
		return take(meeting, "Record Minutes", agenda=agenda, attendees=attendees, decisions=decisions)


def decision(story, kind: str, text: str, responsible: str, **values) -> dict:
	return {
		"kind": kind,
		"text": text,
		"responsible": story.staff[responsible],
		"deadline": story.calendar.ahead(10),
		**votes(),
		**values,
	}


def votes() -> dict:
	return {"votes_for": 12, "votes_against": 0, "abstained": 0}
