import frappe
from frappe.utils import date_diff, getdate

from ppss_support import facts, lesson_facts, norm_facts
from ppss_support.constants import states
from ppss_support.controllers.dependants import meetings_on_programme
from ppss_support.controllers.lessons_to_come import carry
from ppss_support.controllers.paper import Paper
from ppss_support.exceptions import StepNotAllowed
from ppss_support.regulation import curriculum, lessons, plans, rules
from ppss_support.regulation.finding import Finding, Label

# Who writes it, for whom, and what says so.
WHOSE = ("author", "responsible_special_pedagogue", "learner", "basis_doctype", "basis_doc")
AGE_NORMS = {"Preschool": "PRESCHOOL", "School": "SCHOOL", "Older": "OLDER"}


class PPSSProgramme(Paper):
	"""A programme of support of one child: IDP, CDP or ICP (KZ92-14.2.1a, KZ92-14.2.1b, KZ92-17.1, KZ92-17.2).

	Participants, assistants among them, take part in it and decide nothing (KZ92-14.2.5b).
	"""

	FEATURE = "order92_documents"
	HAND_OVER = ((states.DRAFT, states.WITH_DEPUTY), (states.RETURNED, states.WITH_DEPUTY))
	# The deputy head takes part: nothing reaches the head but through this step (KZ92-14.2.2b).
	SUBMIT = (states.WITH_DEPUTY, states.WITH_HEAD)
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	START = (states.APPROVED, states.IN_IMPLEMENTATION)
	SUSPEND = (states.IN_IMPLEMENTATION, states.SUSPENDED)
	RESUME = (states.SUSPENDED, states.IN_IMPLEMENTATION)
	COMPLETE = (states.IN_IMPLEMENTATION, states.COMPLETED)
	CANCEL = (states.APPROVED, states.CANCELLED)
	RETURNS = ((states.WITH_DEPUTY, states.RETURNED), (states.WITH_HEAD, states.RETURNED))
	DISCONTINUE = tuple((state, states.DISCONTINUED) for state in states.RUNNING_PROGRAMME)

	# Asked again when it goes on to the head: the deputy head writes in it too.
	CONTENT = (
		"contents_lawful",
		"goals_of_level",
		"within_year",
		"volume_lawful",
		"subjects_lawful",
		"lawful_for_kind",
	)

	GUARDS = {
		**dict.fromkeys(HAND_OVER, ("taken_by_author", "consent_given", "stands_on_basis", *CONTENT)),
		SUBMIT: (*CONTENT, "listed_or_proposed", "caseload_free"),
		APPROVE: (
			"follows_lawfully",
			"consent_still_given",
			"listed",
			"stands_on_basis",
			"caseload_free",
			"take_number",
		),
		START: ("taken_by_author", "consent_still_given", "begun", "limited_abilities_basis", "grouped"),
		RESUME: ("consent_still_given",),
		COMPLETE: ("results_reviewed",),
		CANCEL: ("nothing_relies",),
	}
	EFFECTS = {APPROVE: ("supersede_earlier",)}
	REASONS = frozenset({SUSPEND, CANCEL, *RETURNS, *DISCONTINUE})
	NOT_OWN_STEPS = frozenset({COMPLETE})
	OPEN_COLUMNS = {
		"goals": frozenset({"actual", "reviewed_on"}),
		"contents": frozenset({"status", "evidence"}),
		"subjects": frozenset({"result"}),
		"gaps": frozenset({"result"}),
		"materials": frozenset({"issued_on", "returned_on"}),
	}
	OPEN_FIELDS = frozenset(
		{
			"review_date",
			"next_year",
			"review_participants",
			"learning_results",
			"support_results",
			"review_decision",
			"archive_index",
			"print_language",
		}
	)

	def set_defaults(self):
		super().set_defaults()
		self.author = self.author or facts.specialist_of_user()
		self.support_case = self.support_case or facts.case_of(self.learner, self.school_year)
		self.consent = self.consent or facts.consent_paper(self.learner)
		self.basis_doc = self.basis_doc or facts.basis_of(self.basis_doctype, self.learner)
		if self.kind != "IDP":
			self.pmpc = self.pmpc or facts.verified_pmpc(self.learner)
		if self.kind == "CDP":
			self.responsible_special_pedagogue = self.responsible_special_pedagogue or self.author

	def complete(self):
		super().complete()
		self.lessons_total, self.minutes_total = self.volume()

	def paper_date(self):
		return getdate(self.period_from)

	def onload(self):
		super().onload()
		self.set_onload("lessons", lesson_facts.minutes_by_programme([self.name]).get(self.name))

	def volume(self) -> tuple[int, int]:
		"""Return lessons and minutes in all: weekly counts times the whole weeks of the period (KZ92-19)."""
		weeks = max(0, date_diff(self.period_to, self.period_from) + 1) // 7
		individual, groups = (
			(self.weekly_individual or 0),
			(self.weekly_small_group or 0) + (self.weekly_group or 0),
		)
		minutes = individual * (self.minutes_individual or 0) + groups * (self.minutes_group or 0)
		return weeks * (individual + groups), weeks * minutes

	def check_always(self) -> list[Finding]:
		changed = self.is_new() or any(self.has_value_changed(f) for f in WHOSE)
		found = self.written_lawfully() if changed else []
		followed = self.is_new() or any(self.has_value_changed(f) for f in ("supersedes", "continues"))
		return found + (self.follows_lawfully() if followed else [])

	def follows_lawfully(self) -> list[Finding]:
		"""What is superseded or continued is a programme this one may follow."""
		if not (self.supersedes or self.continues):
			return []
		first, _last = facts.school_year_dates(self.school_year)
		own = rules.ProgrammeFact(self.name, self.learner, self.kind, self.workflow_state, False, first)
		found = []
		if self.supersedes:
			earlier = lesson_facts.programme_fact(self.supersedes)
			found += rules.new_version(own, earlier, states.RUNNING_PROGRAMME)
		if self.continues:
			found += rules.continuation(own, lesson_facts.programme_fact(self.continues))
		return found

	def written_lawfully(self) -> list[Finding]:
		found = rules.programme_author(self.kind, facts.roles_of(self.author), self.categories())
		if self.kind == "ICP":
			# Teachers and deputy heads write it too, and teachers are not members of the service.
			return found
		if self.kind == "CDP" and "SPE" not in facts.roles_of(self.responsible_special_pedagogue):
			found.append(Finding.of("M16"))
		members = facts.members_on(self.organisation, getdate())
		name = facts.full_name("PPSS Specialist", self.author)
		return found + rules.member_on(self.author, members, getdate(), name)

	def categories(self) -> frozenset[str]:
		return facts.categories_by(self.basis_doctype, self.basis_doc)

	# ---- guards

	def taken_by_author(self) -> list[Finding]:
		if frappe.session.user != "Administrator" and facts.specialist_of_user() != self.author:
			from ppss_support.answers import answer

			step = self.get_step()
			name = facts.full_name("PPSS Specialist", self.author)
			answer([Finding.of("A02", Label(step[0]), Label(step[1]), name)], StepNotAllowed)
		return []

	def consent_given(self) -> list[Finding]:
		return rules.consent_on(facts.consents_of(self.learner), getdate(), self.learner_name)

	def consent_still_given(self) -> list[Finding]:
		return rules.consent_to_continue(facts.consents_of(self.learner), getdate(), self.learner_name)

	def stands_on_basis(self) -> list[Finding]:
		holds = facts.basis_holds(self.basis_doctype, self.basis_doc, self.learner)
		renewed = facts.basis_renewed(self.basis_doctype, self.basis_doc, self.school_year)
		return rules.basis(holds, self.learner_name) + rules.basis_renewed(renewed, self.learner_name)

	def contents_lawful(self) -> list[Finding]:
		rows = [(row.content, row.source_condition, row.justification) for row in self.contents]
		needed = facts.conditions_of(self.basis_doctype, self.basis_doc)
		contents = [row[0] for row in rows]
		return (
			rules.contents_fit(contents, self.categories())
			+ rules.special_support(contents, bool(facts.verified_pmpc(self.learner)))
			+ rules.contents_sourced(rows, needed)
			+ rules.contents_provided([(row.content, row.provider_role) for row in self.contents])
		)

	def goals_of_level(self) -> list[Finding]:
		"""Objectives of clause 3 are those of the level the child is taught at (KZ92-3)."""
		named = [row.level_objective for row in self.goals]
		if not any(named):
			return []
		level = frappe.db.get_value("PPSS Learner", self.learner, "level")
		levels = facts.parent_by_term([objective for objective in named if objective])
		return plans.objectives_fit([(level, levels.get(objective)) for objective in named])

	def within_year(self) -> list[Finding]:
		first, last = facts.school_year_dates(self.school_year)
		return rules.within_school_year(getdate(self.period_from), getdate(self.period_to), first, last)

	def volume_lawful(self) -> list[Finding]:
		found = rules.weekly_lessons(
			self.weekly_individual or 0, self.weekly_small_group or 0, self.weekly_group or 0
		)
		lessons = (
			("SF1", self.weekly_individual, self.minutes_individual),
			("SF2", self.weekly_small_group, self.minutes_group),
			("SF3", self.weekly_group, self.minutes_group),
		)
		for form, weekly, minutes in lessons:
			found += self.minutes_lawful(form, minutes or 0) if weekly else []
		return found

	def minutes_lawful(self, form: str, minutes: int) -> list[Finding]:
		age = AGE_NORMS[frappe.db.get_value("PPSS Learner", self.learner, "age_group") or "School"]
		norm = norm_facts.norm(f"DURATION_{form}_{age}", self.regulation_profile, getdate(self.period_from))
		if not norm:
			return []
		return rules.lesson_minutes(
			minutes, int(norm.value_min), int(norm.value_max), norm.enforcement == "Warn"
		)

	def lawful_for_kind(self) -> list[Finding]:
		if self.kind == "CDP":
			return self.limited_abilities_basis() + self.correction_component()
		if self.kind == "ICP":
			named = facts.pmpc_advises(self.learner, "Individual Curriculum")
			return curriculum.individual_curriculum_basis(bool(self.intellect_impairment), named)
		return []

	def subjects_lawful(self) -> list[Finding]:
		"""What changes in the child's subjects is for limited abilities, and complete (KZ92-13.1, KZ92-14.2.3c)."""
		changes = [(bool(row.assessment_changed), row.control_tasks, row.criteria) for row in self.subjects]
		categories = self.categories()
		return (
			curriculum.unchanged_curriculum(len(self.subjects), categories)
			+ curriculum.changed_assessment(changes)
			+ curriculum.materials(self.material_facts(), categories)
		)

	def material_facts(self) -> list[tuple]:
		return [
			(
				row.material,
				row.issued_on and getdate(row.issued_on),
				row.returned_on and getdate(row.returned_on),
			)
			for row in self.materials
		]

	def correction_component(self) -> list[Finding]:
		"""Lessons are held within the correction component, for a named impairment (KZ92-17.1)."""
		fields = {
			"Correction Component, Hours": self.correction_component_hours,
			"Impairments": self.impairments,
			"Responsible Special Pedagogue": self.responsible_special_pedagogue,
		}
		return [Finding.of("A20", Label(label)) for label, value in fields.items() if not value]

	def caseload_free(self) -> list[Finding]:
		"""Counted in one's turn, so that two approvals at once never pass the cap (KZ92-21.1)."""
		if self.kind != "CDP":
			return []
		specialist = self.responsible_special_pedagogue
		children = facts.caseload(specialist, self.school_year) | {self.learner}
		norm = norm_facts.norm(
			"SPECIAL_PEDAGOGUE_CASELOAD", self.regulation_profile, getdate(self.period_from)
		)
		chosen = facts.organisation(self.organisation).special_pedagogue_cap
		cap = lessons.cap_of(chosen, norm and norm.value_max)
		name = facts.full_name("PPSS Specialist", specialist)
		return lessons.caseload(name, len(children), cap, int(norm.value_min) if norm else cap)

	def listed_or_proposed(self) -> list[Finding]:
		row = facts.list_row_of(self.learner, self.school_year, (states.WITH_HEAD, states.APPROVED))
		return rules.on_list(bool(row), self.learner_name, self.school_year)

	def listed(self) -> list[Finding]:
		row = facts.list_row_of(self.learner, self.school_year, (states.APPROVED,))
		return rules.on_list(bool(row), self.learner_name, self.school_year)

	def take_number(self) -> list[Finding]:
		self.number = facts.next_number(self.kind, self.organisation, self.school_year)
		return []

	def begun(self) -> list[Finding]:
		first = getdate(self.period_from)
		return [Finding.of("A14", Label("From Date"), first)] if first > getdate() else []

	def limited_abilities_basis(self) -> list[Finding]:
		confirmed = facts.limited_abilities_confirmed(self.learner)
		return rules.limited_abilities_basis(
			self.categories(), confirmed, bool(facts.verified_pmpc(self.learner))
		)

	def grouped(self) -> list[Finding]:
		"""A CDP with lessons in a group begins when the child is in one: its own rules made it lawful (KZ92-16.3)."""
		if self.kind != "CDP":
			return []
		own = lesson_facts.group_kinds_of(self.learner, self.school_year)
		weekly = {form: self.get(field) for form, field in lesson_facts.PROGRAMME_COUNT.items()}
		return lessons.groups_formed([form for form, count in weekly.items() if count], own)

	def results_reviewed(self) -> list[Finding]:
		goals = [(bool(row.actual), bool(row.reviewed_on)) for row in self.goals]
		complete = all((self.review_date, self.learning_results, self.support_results, self.review_decision))
		present = [row.specialist for row in self.review_participants if row.role == "DEP"]
		found = rules.results_reviewed(goals, complete, facts.any_has_role(present, "DEP"))
		return found + curriculum.subjects_reviewed([(row.subject, row.result) for row in self.subjects])

	def nothing_relies(self) -> list[Finding]:
		return rules.depends("M61", meetings_on_programme(self) + lesson_facts.lessons_held_on(self.name))

	# ---- effects

	def supersede_earlier(self):
		"""The earlier version ends in the same step, and its lessons go on under this one (M43)."""
		if self.supersedes:
			earlier = facts.paper_with_course(self.doctype, self.supersedes)
			earlier.advance(states.SUPERSEDED, self.name)
			carry(self.supersedes, self)
