"""How support begins: the child's case, the consent of the parents, the paper of the consultation (PMPC)."""

from datetime import timedelta

import frappe

from ppss_support.demo.hands import make, take, write
from ppss_support.demo.plan import CHILDREN, WITH_NEEDS, Child

CLASS_TEACHERS = {"5 Ә", "2 Ә", "3 Б"}
PMPC = "№ 9 психологиялық-медициналық-педагогикалық консультация"


# ---- cases


def open_cases(story):
	for child in story.as_each(CHILDREN, lambda c: c.lead):
		open_case(story, child, story.school.year, story.calendar.ago(60))
		if child.earlier in ("Concluded", "Superseded"):
			open_case(story, child, story.school.last_year, story.school.last_year_first + timedelta(days=10))


def open_case(story, child: Child, year: str, day):
	make(
		"PPSS Support Case",
		organisation=story.school.organisation,
		learner=story.learners[child.key],
		school_year=year,
		opened_on=day,
		responsible=story.staff[child.lead],
		reason=child.about["reason"] if child.theme else "Ата-ананың өтініші бойынша кеңес",
		members=[{"specialist": story.staff[key], "role": story.role_of(key)} for key in helpers(child)],
	)


def helpers(child: Child) -> list[str]:
	"""Return everyone who works with the child besides the class teacher, whom the case adds itself."""
	keys = {child.lead, "SOC1", *(p.author for p in child.programmes)}
	if child.theme and child.teacher == "TCH1":
		keys.add("TCH1")
	if child.limited:
		keys |= {"PSY1"}
	if child.assistant:
		keys.add(child.assistant)
	return sorted(keys)


def close_cases(story):
	"""Close the cases of last year and of the children who need no more support."""
	ended = [(child, story.school.year, child.closed) for child in CHILDREN if child.closed]
	ended += [
		(child, story.school.last_year, "Оқу жылы аяқталды, қолдау жаңа жылда жалғасады.")
		for child in CHILDREN
		if child.earlier in ("Concluded", "Superseded")
	]
	for child, year, result in story.as_each(ended, lambda row: row[0].lead):
		name = frappe.db.get_value(
			"PPSS Support Case", {"learner": story.learners[child.key], "school_year": year}
		)
		write(frappe.get_doc("PPSS Support Case", name), status="Closed", closing_result=result)


# ---- consents


def add_consents(story):
	"""The class teacher prepares the form where one signs in, else whoever leads the case."""
	for number, child in enumerate(story.as_each(CHILDREN, prepared_by)):
		consent = prepare_consent(story, child, number)
		if child.consent == "Refused":
			take(
				consent,
				"Register Refusal",
				"Отбасы қолдауды мектептен тыс алатынын айтты",
				refused_on=story.calendar.ago(20),
				informed_by=story.staff[child.lead],
			)
		elif child.consent != "Prepared":
			story.consents[child.key] = take(consent, "Register Signature")
	cancel_consents(story)


def prepared_by(child: Child) -> str:
	return child.class_title if child.class_title in CLASS_TEACHERS else child.lead


def prepare_consent(story, child: Child, number: int, **values):
	"""A form that will be signed is entered with its date and its place in the archive."""
	signed = {}
	if child.consent not in ("Prepared", "Refused"):
		signed = {
			"date_signed": signed_on(story, child),
			"is_signed": 1,
			"archive_index": f"05-11/{number + 1}",
		}
	if child.consent == "Expired":
		signed["valid_to"] = story.school.last_year_last
	return make(
		"PPSS Consent",
		organisation=story.school.organisation,
		learner=story.learners[child.key],
		representative=story.parents[child.key],
		print_language="ru" if child.russian else "kk",
		**signed,
	)


def signed_on(story, child: Child):
	if child.earlier in ("Concluded", "Superseded") or child.consent == "Expired":
		return story.school.last_year_first + timedelta(days=12)
	return story.calendar.ago(50)


def cancel_consents(story):
	"""A form signed on another child's copy is cancelled; the registrar prepares a new one."""
	for child in CHILDREN:
		if child.consent == "Cancelled":
			with story.school.acting("DEP1"):
				take(
					story.consents[child.key],
					"Cancel",
					"Басқа баланың нысанына қол қойылған, жаңа нысан дайындалды",
				)
			with story.school.acting("ADM1"):
				prepare_consent(
					story, Child(child.key, child.class_title, None, child.lead, consent="Prepared"), 0
				)


def withdraw_consent(story):
	"""The support of this child stops by itself."""
	for child in CHILDREN:
		if child.consent == "Withdrawn":
			with story.school.acting("DEP1"):
				take(
					story.consents[child.key],
					"Withdraw",
					"Ата-ананың жазбаша өтініші",
					withdrawn_on=story.calendar.today,
					withdrawal_statement=story.scan(),
				)


# ---- papers of the consultation


def add_pmpc_papers(story):
	papers = [child for child in CHILDREN if (child.limited and child in WITH_NEEDS) or child.pmpc]
	for number, child in enumerate(story.as_each(papers, pmpc_entered_by)):
		story.pmpcs[child.key] = record_pmpc(story, child, number)
	with story.school.acting("DEP1"):
		for child in papers:
			if child.pmpc != "Recorded":
				story.pmpcs[child.key] = take(story.pmpcs[child.key], "Confirm")
			if child.pmpc == "Cancelled":
				take(story.pmpcs[child.key], "Cancel", "Құжат басқа білім алушыға тиесілі")


def pmpc_entered_by(child: Child) -> str:
	return child.lead if child.lead.startswith("SPE") else "ADM1"


def record_pmpc(story, child: Child, number: int):
	about = child.about if child.theme else {}
	valid_to = story.school.last_year_last if child.pmpc == "Expired" else story.calendar.year.last
	return make(
		"PPSS PMPC Recommendation",
		organisation=story.school.organisation,
		learner=story.learners[child.key],
		pmpc_name=PMPC,
		number=str(301 + number),
		date=story.school.last_year_last - timedelta(days=30),
		valid_to=valid_to,
		file=story.scan(),
		conclusion=about.get("pmpc", "Арнайы педагогтің кеңесі ұсынылады."),
		impairments=[{"term": code} for code in about.get("impairments", ["IM9"])],
		recommendations=[
			{"advice": kind, "text": text}
			for kind, text in about.get("advice", [["Special Pedagogue", "Кеңес беру"]])
		],
		assistant_further_need="Needed" if child.assistant else "Not Considered",
	)
