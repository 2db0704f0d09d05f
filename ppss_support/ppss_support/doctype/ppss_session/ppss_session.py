import frappe
from frappe.utils import get_time, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import lessons, rules
from ppss_support.regulation.finding import Finding, Label


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
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def set_defaults(self):
		super().set_defaults()
		self.provider = self.provider or facts.specialist_of_user()
		if self.group and not self.attendance:
			for learner, programme in facts.group_children(self.group):
				self.append("attendance", {"learner": learner, "programme": programme, "present": 1})

	def check_always(self) -> list[Finding]:
		if self.workflow_state != states.PLANNED:
			return []
		return (
			lessons.children_of_lesson(self.form, len(self.attendance))
			+ self.minutes_lawful()
			+ self.place_free()
		)

	@property
	def learners(self) -> list[str]:
		return [row.learner for row in self.attendance]

	@property
	def names(self) -> dict[str, str]:
		return {row.learner: row.learner_name or row.learner for row in self.attendance}

	def minutes_lawful(self) -> list[Finding]:
		age = facts.age_group_of(self.learners)
		norm = facts.norm(f"DURATION_{self.form}_{age}", self.regulation_profile, getdate(self.date))
		if not norm:
			return []
		least, greatest = int(norm.value_min), int(norm.value_max)
		return rules.lesson_minutes(self.planned_minutes, least, greatest, norm.enforcement == "Warn")

	def place_free(self) -> list[Finding]:
		"""Neither room, specialist nor child is elsewhere at this time."""
		start, minutes = get_time(self.start), self.planned_minutes
		at_once = [
			other
			for other in facts.sessions_of_day(self.organisation, getdate(self.date), besides=self.name)
			if lessons.overlap(start, minutes, get_time(other.start), other.planned_minutes)
		]
		taken = next((o.provider_name for o in at_once if self.room and o.room == self.room), None)
		room = frappe.get_cached_value("PPSS Room", self.room, "title") if self.room else None
		busy = [Finding.of("A24", o.provider_name) for o in at_once if o.provider == self.provider]
		children = facts.children_in([o.name for o in at_once]) & set(self.learners)
		busy += [Finding.of("A24", self.names[learner]) for learner in sorted(children)]
		return lessons.room(room, taken) + busy

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
		programmes = facts.lesson_programmes(self.learners, self.school_year)
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
		name, role = facts.full_name("PPSS Specialist", self.provider), facts.lesson_role(self.provider)
		found = []
		for learner in self.learners:
			own = categories.get(learner, frozenset())
			found += lessons.provider_fits(name, role, own, learner in categories, learner in pmpc)
		return found

	def method_fits(self) -> list[Finding]:
		used, roles = bool(self.alternative_method), facts.roles_of(self.provider)
		return lessons.alternative_method(used, self.form, roles, self.impaired_function)
