import frappe
from frappe.utils import add_days, getdate

from ppss_support import activity_facts, facts, journals, lesson_facts
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper, comparable
from ppss_support.regulation import lessons, series
from ppss_support.regulation.finding import Finding, Label

# What a lesson is planned by, besides its children.
PLAN = ("date", "start", "planned_minutes", "form", "provider", "room", "group", "direction", "theme")


class PPSSSession(Paper):
	"""A developing lesson: planned, held under consent and programme, or called off (KZ92-6.3a, KZ92-16, KZ92-17)."""

	FEATURE = "order92_documents"
	HOLD = (states.PLANNED, states.HELD)
	CALL_OFF = (states.PLANNED, states.NOT_HELD)
	CORRECT = (states.HELD, states.CANCELLED)

	GUARDS = {
		HOLD: ("already_over", "recorded", "consents_hold", "programmes_fit", "provider_fits", "method_fits")
	}
	REASONS = frozenset({CALL_OFF, CORRECT})
	EFFECTS = {HOLD: ("enter_journals",), CORRECT: ("strike_in_journals",)}
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def set_defaults(self):
		super().set_defaults()
		self.provider = self.provider or facts.specialist_of_user()
		if self.group and not self.attendance:
			for child in lesson_facts.group_children(self.group):
				self.append("attendance", {**child, "present": 1})

	def complete(self):
		super().complete()
		before = self.get_doc_before_save()
		if not before or before.workflow_state == states.PLANNED:
			self.link_programmes()

	def link_programmes(self):
		"""Each child's lesson counts for a programme of the child; what a client names must be one of them."""
		own = lesson_facts.fitting_programmes(
			self.learners, self.school_year, getdate(self.date), self.provider
		)
		for row in self.attendance:
			fitting = own.get(row.learner, [])
			if row.programme not in fitting:
				row.programme = next(iter(fitting), None)

	def check_always(self) -> list[Finding]:
		if self.workflow_state not in (states.PLANNED, states.HELD) or not self.plan_changed:
			return []
		lesson, others = self.fact(), self.lessons_of_week()
		return (
			lessons.children_of_lesson(self.form, len(self.attendance))
			+ self.group_fits()
			+ lessons.theme_fits(self.theme, activity_facts.parent_term(self.theme), self.direction)
			+ series.length(lesson, self.norms())
			+ series.busy(lesson, others, self.names)
			+ series.room_taken(lesson, others, self.room_title)
			+ self.unusual(lesson, others)
		)

	@property
	def plan_changed(self) -> bool:
		"""Tell whether this save plans the lesson, or writes another plan into it: also as it is recorded."""
		before = self.get_doc_before_save()
		return not before or self.plan() != before.plan()

	def plan(self) -> tuple:
		fields = (comparable(self.meta.get_field(field), self.get(field)) for field in PLAN)
		return *fields, tuple(self.learners)

	def group_fits(self) -> list[Finding]:
		"""A lesson in a group is one of a group of this form: size, age and impairments are judged there (KZ92-16)."""
		group = lesson_facts.group_fact(self.group)
		return lessons.group_of_lesson(self.form, group, self.names, "SPE" in facts.roles_of(self.provider))

	@property
	def learners(self) -> list[str]:
		return [row.learner for row in self.attendance]

	@property
	def names(self) -> dict[str, str]:
		return {row.learner: row.learner_name or row.learner for row in self.attendance}

	@property
	def room_title(self) -> str | None:
		return self.room and frappe.get_cached_value("PPSS Room", self.room, "title")

	def fact(self) -> series.Lesson:
		return series.Lesson(
			getdate(self.date),
			lesson_facts.minute_of(self.start),
			self.planned_minutes,
			self.form,
			self.provider,
			facts.full_name("PPSS Specialist", self.provider),
			self.room,
			{row.learner: row.programme for row in self.attendance},
		)

	def lessons_of_week(self) -> list[series.Lesson]:
		day = getdate(self.date)
		monday = add_days(day, -day.weekday())
		return lesson_facts.lessons_between(self.organisation, monday, add_days(monday, 6), besides=self.name)

	def norms(self) -> tuple[series.Norm, ...]:
		return lesson_facts.lesson_norms(
			self.form, lesson_facts.age_group_of(self.learners), self.regulation_profile
		)

	def unusual(self, lesson: series.Lesson, others: list[series.Lesson]) -> list[Finding]:
		"""A single lesson may lie outside calendar and programme, when somebody decides so; a series may not."""
		rows = [(row.learner, self.names[row.learner], row.programme) for row in self.attendance]
		found = lesson_facts.calendar(self.school_year).closed(lesson.day)
		found += series.off_programme(lesson, lesson_facts.pupils(rows, self.form), others)
		return [Finding.warn(one.code, *one.params) for one in found]

	# ---- guards

	def already_over(self) -> list[Finding]:
		day = getdate(self.date)
		return [Finding.of("A14", Label("Date"), day)] if day > getdate() else []

	def recorded(self) -> list[Finding]:
		fields = {"Actual Minutes": self.actual_minutes, "Children": self.attendance, "Content": self.content}
		return [Finding.of("A21", Label(label)) for label, value in fields.items() if not value]

	def consents_hold(self) -> list[Finding]:
		consents = facts.consents_by_learner(self.learners)
		by_name = {name: consents.get(learner, ()) for learner, name in self.names.items()}
		return lessons.consents_on_the_day(by_name, getdate(self.date))

	def programmes_fit(self) -> list[Finding]:
		programmes = lesson_facts.lesson_programmes(self.learners, self.school_year, getdate(self.date))
		categories = facts.categories_by_learner(self.learners)
		roles = facts.roles_of(self.provider)
		found = []
		for learner, name in self.names.items():
			limited = "C3" in categories.get(learner, ())
			found += lessons.programme_for(self.provider, roles, limited, programmes.get(learner, ()), name)
		return found

	def provider_fits(self) -> list[Finding]:
		categories = facts.categories_by_learner(self.learners)
		pmpc = facts.learners_with_pmpc(self.learners)
		name, role = (
			facts.full_name("PPSS Specialist", self.provider),
			lesson_facts.lesson_role(self.provider),
		)
		found = []
		for learner in self.learners:
			own = categories.get(learner, frozenset())
			found += lessons.provider_fits(name, role, own, learner in categories, learner in pmpc)
		return found

	def method_fits(self) -> list[Finding]:
		used, roles = bool(self.alternative_method), facts.roles_of(self.provider)
		return lessons.alternative_method(used, self.form, roles, self.impaired_function)

	# ---- effects

	def enter_journals(self):
		journals.enter(self, journals.place_of_lesson(self))

	def strike_in_journals(self):
		journals.strike(self)
