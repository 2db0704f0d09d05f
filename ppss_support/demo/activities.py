"""The activity log of the demo school, and what it names: methods, partners, conditions, equipment, requests."""

from collections.abc import Iterator
from itertools import cycle

import frappe

from ppss_support.demo import journals
from ppss_support.demo.hands import make, take, write
from ppss_support.demo.plan import CHILDREN, Child
from ppss_support.demo.story import Story

METHODS = (
	("Филлипстің мектептегі мазасыздық тесті", "Б. Филлипс", "Алматы, 2019", "D1a", 7, 15),
	("«Тіршілігі жоқ жануар» сурет әдістемесі", "М. З. Дукаревич", "Алматы, 2017", "D1a", 6, 16),
	("Тулуз – Пьерон назар сынағы", "Э. Тулуз, А. Пьерон", "Астана, 2020", "D1e", 7, 17),
	("Климовтың дифференциалды-диагностикалық сауалнамасы", "Е. А. Климов", "Алматы, 2018", "D1d", 13, 18),
	("Лускановтың мектеп мотивациясы сауалнамасы", "Н. Г. Лусканова", "Алматы, 2016", "D1c", 7, 11),
)
PARTNERS = {
	"special": ("№ 5 арнайы мектеп-интернат", "PO1", "Әдістемелік көмек туралы келісім"),
	"consultation": ("№ 9 ПМПК", "PO2", "Қорытындылар мен ұсынымдар алмасу"),
	"profile": ("«Есту» сурдопедагогтер орталығы", "PO4", "Айына екі рет келу туралы хат"),
	"guardians": ("Аудандық қамқоршылық бөлімі", "AP2", "Отбасыларға бірлесіп көмек көрсету"),
}
# Client, theme, what was asked, what was advised.
CONSULTED = (
	("Learner", "C2d", "Сыныптастарымен тіл табыса алмайды", "Жұппен орындалатын тапсырмалардан бастау"),
	(
		"Parent or Representative",
		"C2e",
		"Үй тапсырмасын орындағысы келмейді",
		"Тапсырманы бөліп, күн тәртібін құру",
	),
	("Pedagogue", "C2a", "Сабақта назарын ұстай алмайды", "Қысқа тапсырмалар, көзбен байланыс, үзіліс"),
	("Learner", "C2a", "Жауап берер алдында қатты қобалжиды", "Тыныс алу жаттығулары, алдын ала дайындық"),
)
DIAGNOSED = (
	(
		"Мектептегі мазасыздық деңгейі орташадан жоғары",
		"Сабақтағы сәтсіздіктен қорқады",
		"Жеке сабақ, қолдап бағалау",
	),
	("Назары тез шаршайды, көлемі жасына сай", "Жұмыс қабілеті ауыспалы", "Қысқа тапсырмалар мен үзілістер"),
	("Оқу мотивациясы сыртқы", "Танымдық қызығушылығы төмен", "Қызығушылығына сүйенген тапсырмалар"),
)
# Form, audience, topic, number present.
ENLIGHTENED = (
	("E4a", "W1", "Достық және сыйластық", 24),
	("E4a", "W1", "Ашуды қалай басқарамыз", 22),
	("E4b", "W3", "Ерекше білім беру қажеттілігі бар баланы сабақта қолдау", 18),
	("E4c", "W2", "Бейімделу кезеңіндегі бала", 27),
	("E4d", "W3", "Қолдау қызметінің жартыжылдық жұмысы", 41),
	("E4e", "W2", "Баламен сөйлесу өнері: рөлдік ойын", 12),
	("E4f", "W2", "Цифрлық қауіпсіздік", 33),
)
# Activity, what it is about, result.
METHODICAL = (
	("M5d", "Қолданбалы мінез-құлық талдауын зерделеу", "Үш тәсіл жұмысқа енгізілді"),
	("M5d", "Балама коммуникация құралдары", "Карточкалар жинағы дайындалды"),
)
MONITORED = (
	("Бастауыш буын дәлізі", "Шу деңгейі", "Үзілісте жоғары", "Тыныш аймақ ашу"),
	(
		"Мектеп асханасы",
		"Қозғалысы шектелген балаға қолжетімділік",
		"Бір үстел бейімделген",
		"Екінші үстелді бейімдеу",
	),
	("1-қабат дәретханасы", "Тұтқалар", "Бар, бекітілуі нашар", "Қайта бекіту"),
)
MEASURED = (
	("CM1", "ST1", "Математика", "Тапсырма көлемі азайтылды, уақыты ұзартылды"),
	("CM2", "ST1", "Қазақ тілі", "Үш деңгейлі тапсырма берілді"),
	("CM3", "ST1", "Дүниетану", "Сабақ басында көңіл күй минуты өткізіледі"),
	("CM4", "ST3", "Үйірме", "Топтық ойындар арқылы сыныптың ынтымағы нығайтылды"),
	("CM9", "ST4", "Әдебиет", "Есту ерекшелігі ескеріліп, алдыңғы партаға отырғызылды"),
)
OBSERVED = (
	("Есепті тез шығарады", "Техника", "Құрастыру", "Сөйлеуге көмек"),
	("Ән айтады", "Музыка", "Сахна", "Мадақтау"),
	("Есте сақтауы жақсы", "Кітап", "Гуманитарлық пәндер", "Жұпта жұмыс істеу"),
)
ACHIEVED = (
	("Математика", "3", "Бөлшектерді қосуды меңгермеген", "GP1"),
	("Қазақ тілі", "4", None, None),
	("Оқу сауаттылығы", "3", "Мәтіннің негізгі ойын таппайды", "GP2"),
	("Дүниетану", "5", None, None),
)
CONTACTED = (
	("CF1", "Сабаққа келу", "Кешікпей келуге келісті"),
	("CF2", "Үй тапсырмасы", "Күн тәртібі құрылды"),
	("CF4", "Оқу орны", "Үйде оқу бұрышы жасалады"),
)
HELPED = (
	(
		"SM1",
		"Organisation",
		"Отбасының өтініші",
		"Ыстық тамақ және оқу құралдары берілді",
		"Жалпыға бірдей оқыту қоры",
	),
	("SM2", "Residence", "Тұрмыс жағдайын зерделеу", "Аудандық бөлімге құжат дайындалды", None),
	("SM4", "Organisation", "Педагогтің ұсынысы", "Үйірмеге тегін орналастырылды", None),
	("SM5", "Residence", "Ананың өтініші", "Алимент өндіру жөнінде заңгерге жолданды", None),
)
PROVIDED = (
	("k27", "MV1", "In Place", "IM1"),
	("k27", "MV5", "Lacking", "IM1"),
	("k28", "MH2", "In Place", "IM2"),
	("k28", "ACC-H2", "Planned", "IM2"),
	("k29", "MM1", "In Place", "IM3"),
	("k29", "ACC-M6", "Planned", "IM3"),
	("k30", "MI1", "In Place", None),
	("k31", "SC5", "In Place", None),
)
BUILDING = (
	("ACC-M2", "In Place"),
	("ACC-M4", "Lacking"),
	("ACC-M5", "Planned"),
	("ACC-M7", "In Place"),
	("ACC-V1", "Planned"),
	("ACC-H1", "In Place"),
)
EQUIPMENT = (("Бала үстелі", 6, 6), ("Айна", 2, 1), ("Сенсорлық жинақ", 1, 1), ("Интерактивті тақта", 1, 0))


def add():
	story = Story()
	story.choose_learners()
	log = Log(story, add_methods(story), add_partners(story))
	add_provisions(story)
	equip_rooms(story)
	volumes = journals.open_volumes(story)
	for who, values in story.as_each(log.entries(), lambda entry: entry[0]):
		take(log.enter(who, values), "Record")
	log.leave_open_and_correct()
	add_requests(story)
	journals.begin_next_volume(story, volumes)


# ---- masters


def add_methods(story) -> list[str]:
	with story.school.acting("PSY1"):
		return [
			make(
				"PPSS Method",
				organisation=story.school.organisation,
				title=title,
				author=author,
				edition=edition,
				purposes=[{"term": purpose}],
				age_from=first,
				age_to=last,
			).name
			for title, author, edition, purpose, first, last in METHODS
		]


def add_partners(story) -> dict[str, str]:
	with story.school.acting("SOC1"):
		return {
			key: make(
				"PPSS Partner Organisation",
				organisation=story.school.organisation,
				title=title,
				kind=kind,
				terms=terms,
			).name
			for key, (title, kind, terms) in PARTNERS.items()
		}


def add_provisions(story):
	"""Things of a child are entered by whoever leads the case, those of the building by the registrar."""
	common = {"organisation": story.school.organisation}
	leads = {child.key: child.lead for child in CHILDREN}
	for key, code, status, feature in story.as_each(PROVIDED, lambda row: leads[row[0]]):
		things = {"code": code, "status": status, "feature": feature, **days_of(story, status)}
		make("PPSS Provision", **common, learner=story.learners[key], **things)
	with story.school.acting("ADM1"):
		for code, status in BUILDING:
			things = {"code": code, "status": status, **days_of(story, status)}
			make("PPSS Provision", **common, place="Бас ғимарат", **things)


def days_of(story, status: str) -> dict:
	if status == "Planned":
		return {"planned_date": story.calendar.ahead(30)}
	return {"issued_on": story.calendar.ago(20)} if status == "In Place" else {}


def equip_rooms(story):
	rooms = {"organisation": story.school.organisation, "separate_premises": 1}
	rows = [{"item": item, "norm_qty": norm, "actual_qty": actual} for item, norm, actual in EQUIPMENT]
	with story.school.acting("ADM1"):
		for name in frappe.get_all("PPSS Room", rooms, pluck="name", order_by="title", limit=3):
			write(frappe.get_doc("PPSS Room", name), equipment=[dict(row) for row in rows])


# ---- the log


class Log:
	"""What was done in the last weeks, by whom: an entry is its person and its values."""

	def __init__(self, story, methods: list[str], partners: dict[str, str]):
		self.story, self.methods, self.partners = story, methods, partners
		self.supported = [c for c in CHILDREN if c.consent == "Signed" and c.assessment == "Concluded"]
		self.days = cycle(range(2, 24))

	def enter(self, who: str, values: dict):
		return make(
			"PPSS Activity",
			organisation=self.story.school.organisation,
			provider=self.story.staff[who],
			date=self.story.calendar.ago(next(self.days)),
			**values,
		)

	def entries(self) -> list[tuple[str, dict]]:
		makers = (
			self.consultations,
			self.diagnostics,
			self.trainings,
			self.enlightenment,
			self.methodical,
			self.measures,
			self.social,
			self.teachers,
			self.contacts,
			self.beyond_class,
			self.partners_work,
			self.career,
		)
		return [(who, values) for maker in makers for who, values in maker()]

	def child(self, child: Child) -> dict:
		return {"learner": self.story.learners[child.key]}

	def of_teacher(self, key: str, count: int) -> list[Child]:
		return [child for child in self.supported if child.teacher == key][:count]

	def consultations(self) -> Iterator[tuple[str, dict]]:
		for child, (client, theme, asked, advised) in zip(
			self.supported[::2], cycle(CONSULTED), strict=False
		):
			yield (
				child.lead,
				{
					**self.child(child),
					"kind": "CONSULTATION",
					"form": "SF1",
					"client_type": client,
					"detail": theme,
					"problem": asked,
					"recommendation": advised,
					"minutes": 30,
				},
			)

	def diagnostics(self) -> Iterator[tuple[str, dict]]:
		by_psychologists = [child for child in self.supported if child.lead.startswith("PSY")][:6]
		for number, (child, found) in enumerate(zip(by_psychologists, cycle(DIAGNOSED), strict=False)):
			result, conclusion, advised = found
			yield (
				child.lead,
				{
					**self.child(child),
					"kind": "DIAGNOSTICS",
					"form": "SF1",
					"purposes": [{"term": "D1a"}],
					"methods": [{"method": self.methods[number % len(self.methods)]}],
					"result": result,
					"conclusion": conclusion,
					"recommendation": advised,
					"minutes": 45,
				},
			)

	def trainings(self) -> Iterator[tuple[str, dict]]:
		for who, topic in (("PSY1", "Бірге жұмыс істеуге үйренеміз"), ("PSY2", "Сезім әліппесі")):
			children = [child for child in self.supported if child.lead == who][:6]
			yield (
				who,
				{
					"kind": "TRAINING",
					"form": "SF3",
					"topic": topic,
					"sessions": 3,
					"participants": [self.child(child) for child in children],
					"result": "Балалар белсенді қатысты, ережелерді өздері ұсынды",
				},
			)

	def enlightenment(self) -> Iterator[tuple[str, dict]]:
		people = cycle(("PSY1", "5 Ә", "SPE1", "PSY2", "DEP1", "PSY3", "SOC1"))
		for who, (form, audience, topic, present) in zip(people, ENLIGHTENED, strict=False):
			yield (
				who,
				{
					"kind": "ENLIGHTENMENT",
					"detail": form,
					"audience": audience,
					"topic": topic,
					"attendance": present,
				},
			)

	def methodical(self) -> Iterator[tuple[str, dict]]:
		for who, (sort, topic, result) in zip(("SPE1", "SPE2"), METHODICAL, strict=True):
			yield who, {"kind": "METHODICAL", "detail": sort, "topic": topic, "result": result}
		team = [{"specialist": self.story.staff[key]} for key in ("PSY1", "PSY2", "SPE1", "SOC1")]
		seminar = {"topic": "Баланы бірлесіп қолдау технологиясы", "result": "Жұмыс тәртібі келісілді"}
		yield "DEP1", {"kind": "METHODICAL", "detail": "M5e", "participants": team, **seminar}
		for thing, indicator, found, proposed in MONITORED:
			finding = {"result": found, "recommendation": proposed}
			yield "SOC1", {"kind": "ENVIRONMENT", "object": thing, "indicator": indicator, **finding}
		yield (
			"DEP1",
			{
				"kind": "ANALYSIS",
				"report_period": "RT1",
				"addressee": "Аудандық білім бөлімі",
				"period_from": self.story.calendar.ago(50),
				"period_to": self.story.calendar.ago(1),
				"result": "Қолдаудағы балалардың басым бөлігі жоспарлы мақсатына жақындады",
				"recommendation": "Отбасымен жұмысты күшейту, топтық сабақтарды көбейту",
				"disciplines_involved": [{"term": role} for role in ("PSY", "SPE", "SOC")],
			},
		)

	def measures(self) -> Iterator[tuple[str, dict]]:
		for who, (sort, setting, subject, done) in zip(cycle(("5 Ә", "2 Ә", "3 Б")), MEASURED, strict=False):
			yield (
				who,
				{
					"kind": "CLASS-MEASURE",
					"school_class": self.class_of(who),
					"detail": sort,
					"setting": setting,
					"subject": subject,
					"description": done,
					"period_from": self.story.calendar.ago(20),
				},
			)
		for child in self.of_teacher("5 Ә", 2):
			yield (
				"5 Ә",
				{
					**self.child(child),
					"kind": "ADDITIONAL-LESSON",
					"detail": "LP2" if child.theme == "language" else "LP1",
					"subject": "Қазақ тілі",
					"hours_week": 1,
					"variative_component": 1,
					"period_from": self.story.calendar.ago(30),
					"period_to": self.story.calendar.ahead(60),
				},
			)

	def class_of(self, title: str) -> str:
		own = {
			"organisation": self.story.school.organisation,
			"title": title,
			"school_year": self.story.school.year,
		}
		return frappe.db.get_value("PPSS Class", own)

	def social(self) -> Iterator[tuple[str, dict]]:
		"""The last study lacks the class teacher, so that the warning is seen."""
		for child, teacher in zip(
			self.of_teacher("5 Ә", 2) + self.of_teacher("2 Ә", 1), ("5 Ә", "5 Ә", None), strict=True
		):
			yield (
				"SOC1",
				{
					**self.child(child),
					"kind": "SOCIAL-STUDY",
					"class_teacher": teacher and self.story.staff[teacher],
					"social_pedagogue": self.story.staff["SOC1"],
					"family_composition": "Анасы, әкесі, екі бала",
					"living_conditions": "Оқу орны бар",
					"conclusion": "Отбасы жағдайы қолайлы, қарым-қатынасқа көмек қажет",
					"problems": [
						{
							"kind": "Social",
							"problem": "Сыныпта досы аз",
							"task": "Үйірмеге тарту",
							"form": "Топтық",
							"method": "Бірлескен іс",
							"way_of_solving": "Айына екі ортақ шара",
						}
					],
				},
			)
		for child, (sort, place, basis, done, source) in zip(self.supported[::5], HELPED, strict=False):
			yield (
				"SOC1",
				{
					**self.child(child),
					"kind": "SOCIAL-HELP",
					"detail": sort,
					"place": place,
					"basis": basis,
					"description": done,
					"source": source,
				},
			)

	def teachers(self) -> Iterator[tuple[str, dict]]:
		for child, found in zip(self.of_teacher("TCH1", 3), OBSERVED, strict=True):
			abilities, interests, inclinations, needs = found
			observed = {"abilities": abilities, "interests": interests}
			tended = {"inclinations": inclinations, "needs": needs}
			yield "TCH1", {**self.child(child), "kind": "OBSERVATION", **observed, **tended}
		taught = self.of_teacher("TCH1", 2) + self.of_teacher("5 Ә", 2)
		for child, (subject, mark, difficulty, gap) in zip(taught, ACHIEVED, strict=True):
			yield (
				child.teacher,
				{
					**self.child(child),
					"kind": "ACHIEVEMENT",
					"subject": subject,
					"report_period": "RT1",
					"result": mark,
					"difficulty_found": int(bool(difficulty)),
					"difficulty": difficulty,
					"gap_kinds": [{"term": gap}] if gap else [],
				},
			)

	def contacts(self) -> Iterator[tuple[str, dict]]:
		called = self.of_teacher("5 Ә", 3) + self.of_teacher("2 Ә", 2)
		for child, (form, topic, agreed) in zip(called, cycle(CONTACTED), strict=False):
			yield (
				child.teacher,
				{
					**self.child(child),
					"kind": "PARENT-CONTACT",
					"representative": self.story.parents[child.key],
					"detail": form,
					"topic": topic,
					"result": agreed,
				},
			)

	def beyond_class(self) -> Iterator[tuple[str, dict]]:
		"""Not every child with limited abilities takes part, so that the gap is seen."""
		limited = [child for child in self.supported if child.limited]
		for sort, topic, children in (
			("PK1", "Күзгі ойындар", self.supported[:6]),
			("PK1", "Кітапханадағы ертегі сағаты", limited[:3]),
			("PK2", "Робот құрастыру үйірмесі", self.supported[6:10]),
		):
			present = [self.child(child) for child in children]
			yield "SOC1", {"kind": "PARTICIPATION", "detail": sort, "topic": topic, "participants": present}

	def partners_work(self) -> Iterator[tuple[str, dict]]:
		since = {"period_from": self.story.calendar.ago(15)}
		hearing = next(child for child in CHILDREN if child.key == "k28")
		lesson = {"detail": "XS1", "topic": "Есту қабылдауын дамыту", **self.child(hearing), **since}
		yield "DEP1", {"kind": "EXTERNAL", "partner": self.partners["profile"], "basis": "Шарт № 3", **lesson}
		meeting = {
			"detail": "XS9",
			"topic": "Отбасыларға бірлескен көмек",
			"result": "Кесте келісілді",
			**since,
		}
		yield "DEP1", {"kind": "EXTERNAL", "partner": self.partners["guardians"], **meeting}
		for sort, area, asked, answered in (
			("HK2", "Teaching", "Есту қабілеті бұзылған балаға мәтін бейімдеу", "Үлгі мәтіндер берілді"),
			("HK1", "Upbringing", "Ойынға қатыстыру тәсілдері", "Екі кеңес өткізілді"),
		):
			yield (
				"SPE1",
				{
					"kind": "METHODICAL-HELP",
					"partner": self.partners["special"],
					"detail": sort,
					"area": area,
					"requested_by": self.story.staff["TCH1"],
					"problem": asked,
					"result": answered,
					"answered_on": self.story.calendar.ago(1),
				},
			)

	def career(self) -> Iterator[tuple[str, dict]]:
		for child in [c for c in self.supported if any(p.author == "CAR1" for p in c.programmes)]:
			talk = {"form": "SF1", "topic": "Мамандықтар әлемі", "result": "Қызығушылық картасы толтырылды"}
			yield "CAR1", {**self.child(child), "kind": "CAREER", **talk}

	def leave_open_and_correct(self):
		"""A draft on the table, and an entry struck out with the one that corrects it."""
		talk = {
			"kind": "ENLIGHTENMENT",
			"detail": "E4c",
			"audience": "W2",
			"topic": "Қысқы демалыс қауіпсіздігі",
		}
		with self.story.school.acting("PSY1"):
			self.enter("PSY1", {**talk, "attendance": 0})
			wrong = take(self.enter("PSY1", {**talk, "attendance": 72}), "Record")
			take(wrong, "Strike Out", "Қатысқандар саны қате жазылған")
			take(self.enter("PSY1", {**talk, "attendance": 27, "amended_from": wrong.name}), "Record")


# ---- requests


def add_requests(story):
	"""Two in each state; one of the new ones is overdue."""
	for number, (asked, question, answer) in enumerate(
		(
			("PSY1", "Бала сабақта үндемейді, қалай сөйлетемін?", "Алдымен жұппен жұмыстан бастаңыз"),
			("SPE1", "Жазуда әріптерді шатастырады", "Түсті тіректер мен ірі жол қолданыңыз"),
			("SOC1", "Сабаққа жиі келмейді", "Отбасымен кездесу белгіленді"),
			(None, "Топта ойнауға қоспайды", None),
		)
	):
		ask_advice(story, number, asked, question, answer)
	for number, (key, task) in enumerate(
		(
			("k28", "Сабақ мәтінін қысқартып, суретпен беру"),
			("k30", "Қадамдық нұсқау карточкаларын қолдану"),
			("k31", "Назарды ұстауға арналған үзілістер енгізу"),
			("k27", "Үлкейтілген қаріппен жұмыс парағын дайындау"),
		)
	):
		give_task(story, number, key, task)


def ask_advice(story, number: int, asked: str | None, question: str, answer: str | None):
	child = [c for c in CHILDREN if c.theme and c.teacher == "TCH1" and c.consent == "Signed"][number]
	whom = {"to_person": story.staff[asked]} if asked else {"to_role": "PSY"}
	with story.school.acting("TCH1"):
		request = make(
			"PPSS Request",
			organisation=story.school.organisation,
			kind="Advice",
			date=story.calendar.ago(9),
			learner=story.learners[child.key],
			question=question,
			**whom,
		)
	if asked and number != 2:
		request = answered(story, request, asked, answer)
	elif asked:
		with story.school.acting(asked):
			take(request, "Take Up")
	if number == 0:
		with story.school.acting("TCH1"):
			take(request, "Close")


def give_task(story, number: int, key: str, task: str):
	"""Difficulties of an assessment as tasks of a teacher: done, answered, taken up, overdue."""
	teacher = next(child for child in CHILDREN if child.key == key).teacher
	with story.school.acting("DEP1"):
		request = make(
			"PPSS Request",
			organisation=story.school.organisation,
			kind="Task",
			date=story.calendar.ago(12),
			to_person=story.staff[teacher],
			due=story.calendar.ago(1) if number == 3 else story.calendar.ahead(14),
			area="Learning",
			learner=story.learners[key],
			question=task,
			cooperating=[{"specialist": story.staff["SPE1"], "role": "SPE"}],
		)
	if number < 2:
		request = answered(story, request, teacher, "Орындалды, бала тапсырманы өзі бастай алады")
	elif number == 2:
		with story.school.acting(teacher):
			take(request, "Take Up")
	if number == 0:
		with story.school.acting("DEP1"):
			take(request, "Close")


def answered(story, request, key: str, answer: str):
	with story.school.acting(key):
		request = take(request, "Take Up")
		return take(request, "Give Answer", answer=answer)
