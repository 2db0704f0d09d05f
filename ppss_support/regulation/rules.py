"""The rules of order No 92, once each: plain values in, findings out.

Every function returns a list of `Finding`; an empty list means the rule is kept. Dates are `datetime.date`,
durations are whole minutes. The clause of each rule is named in its docstring by its row id.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ppss_support.regulation.finding import Finding, Label

SPECIALIST_ROLES = frozenset({"PSY", "SOC", "SPE", "CAR"})
TEAM_SPECIALISTS = frozenset({"PSY", "SPE"})
TEAM_TEACHERS = frozenset({"CLS", "TCH"})
# Which part of the assessment is written in which role.
PART_OF = {
	"PSY": "Psychological",
	"SOC": "Social",
	"SPE": "Special-Pedagogical",
	"CLS": "Pedagogical",
	"TCH": "Pedagogical",
	"AST": "Assistant",
}
SPECIAL_NEEDS = frozenset({"C1", "C2", "C3"})
# Contents that clauses 12 and 13 give to certain roles: individual work, career guidance, special support.
CONTENT_PROVIDERS = {
	"CT3": frozenset({"PSY", "SOC"}),
	"CT4": frozenset({"CAR", "PSY", "TCH", "CLS"}),
	"CN7": frozenset({"PSY", "SPE", "AST"}),
}
PARENT = "Parent"
OTHER_REPRESENTATIVES = frozenset({"Guardian", "Trustee", "Adoptive Parent", "Other Legal Representative"})


# ---- service order (B.1)


@dataclass(frozen=True)
class Member:
	"""A row of the composition: role, coordinator mark, whether the employee is active and holds the role.

	Roles are term codes; a person holds those of the staff record.
	"""

	name: str
	role: str
	is_coordinator: bool = False
	active: bool = True
	holds_role: bool = True


def composition(
	members: Sequence[Member], lawful_roles: Sequence[str], explained_absences: Collection[str]
) -> list[Finding]:
	"""Only lawful roles, a deputy head as coordinator; an absent role wants a reason (KZ92-4.2, KZ92-4.3)."""
	found = [Finding.of("M05", Label(m.role)) for m in members if m.role not in lawful_roles]
	if not any(m.role == "DEP" and m.holds_role and m.is_coordinator for m in members):
		found.append(Finding.of("M06"))
	present = {m.role for m in members}
	found += [
		Finding.warn("M70", Label(role))
		for role in lawful_roles
		if role not in present and role not in explained_absences
	]
	return found


def structure(members: Sequence[Member], roles: Sequence[str]) -> list[Finding]:
	"""Four roles alone, the deputy director for upbringing work at their head (KG-5.1, KG-5.2)."""
	found = [Finding.of("M52", Label(m.role)) for m in members if m.role not in roles]
	if not any(m.role == "DVR" and m.is_coordinator for m in members):
		found.append(Finding.of("M06"))
	return found


def inactive_members(members: Sequence[Member]) -> list[Finding]:
	"""Warn of members who no longer work here (KZ92-4.2)."""
	return [Finding.warn("A17", m.name) for m in members if not m.active]


def roles_held(members: Sequence[Member]) -> list[Finding]:
	"""Warn of members who serve in a role they do not hold (KZ92-4.2)."""
	return [Finding.warn("A74", m.name, Label(m.role)) for m in members if not m.holds_role]


def order_identity(
	order_no: str | None, order_date: date | None, in_force_from: date | None, today: date
) -> list[Finding]:
	"""An order is issued under its number and date, not ahead of time, and binds from that day on (KZ92-14.1.1a)."""
	if not order_no or not order_date:
		return [Finding.of("M08")]
	found = [Finding.of("A14", Label("Order Date"), order_date)] if order_date > today else []
	if in_force_from and in_force_from < order_date:
		found.append(Finding.of("A05", Label("In Force from"), Label("Order Date")))
	return found


def one_order_in_force(in_force: Iterable[tuple[str, str]], supersedes: str | None) -> list[Finding]:
	"""No second order beside one in force, unless it supersedes it; rows are (name, number) (KZ92-14.1.1a)."""
	return [Finding.of("M07", number) for name, number in in_force if name != supersedes]


def member_on(member: str, members_on_date: Collection[str] | None, day: date, name: str) -> list[Finding]:
	"""The person belongs to the service in force on the day; None: no order is in force (KZ92-4.2, 14.1.1b)."""
	if members_on_date is None or member not in members_on_date:
		return [Finding.of("M35", day, name)]
	return []


def acknowledgement(
	signed: bool, day: date, order_from: date | None, today: date, other: str | None
) -> list[Finding]:
	"""Ethics and confidentiality are acknowledged once under each order, signed and dated (KZ92-5)."""
	found = [] if signed else [Finding.of("A21", Label("Signed"))]
	if day > today:
		found.append(Finding.of("A14", Label("Date"), day))
	if order_from and day < order_from:
		found.append(Finding.of("A05", Label("Date"), Label("In Force from")))
	return found + ([Finding.of("A54", other)] if other else [])


def unacknowledged(names: Sequence[str]) -> list[Finding]:
	"""Warn of members who work with a child without having acknowledged ethics and confidentiality (KZ92-5)."""
	return [Finding.warn("A51", ", ".join(names))] if names else []


# ---- consent (B.2)


def representative(name: str, relation: str, is_legal: bool, authority: str | None) -> list[Finding]:
	"""Consent is given by a parent, or by another legal representative with a document (KZ92-11.2, KZ92-A.2)."""
	lawful = relation == PARENT or (relation in OTHER_REPRESENTATIVES and bool(authority))
	return [] if is_legal and lawful else [Finding.of("M69", name)]


def consent_form(fields: Mapping[str, object], signed_on: date | None, today: date) -> list[Finding]:
	"""Every line of the annex form is filled and the date is not to come (KZ92-A.1 … KZ92-A.6).

	`fields` maps an interface label to its value; an empty value is a missing line.
	"""
	missing = [Finding.of("M02", Label(label)) for label, value in fields.items() if not value]
	if signed_on and signed_on > today:
		missing.append(Finding.of("A14", Label("Signed on"), signed_on))
	return missing


@dataclass(frozen=True)
class ConsentFact:
	"""A consent as others rely on it: state, first and last day of its effect."""

	state: str
	signed_on: date | None
	ended_on: date | None = None


def consent_on(consents: Sequence[ConsentFact], day: date, child: str) -> list[Finding]:
	"""A signed consent holds on the day: M03 when one was withdrawn or ran out, else M01 (KZ92-11.1)."""
	given = [c for c in consents if c.signed_on and c.signed_on <= day]
	if any(c.ended_on is None or c.ended_on > day for c in given):
		return []
	ended = [c.ended_on for c in given if c.ended_on]
	return [Finding.of("M03", max(ended))] if ended else [Finding.of("M01", child)]


def consent_to_continue(consents: Sequence[ConsentFact], day: date, child: str) -> list[Finding]:
	"""Support goes on only under consent; without any the last day of effect is today (KZ92-11.1)."""
	return [Finding.of("M03", day) if f.code == "M01" else f for f in consent_on(consents, day, child)]


# ---- needs assessment (B.3)


@dataclass(frozen=True)
class TeamPart:
	"""One member's share of the assessment; `holds_role`: whether the staff record gives the member this role."""

	role: str
	part: str
	findings: str | None = None
	completed_on: date | None = None
	signed: bool = False
	holds_role: bool = True


def assessment_team(team: Sequence[TeamPart], c3_suspected: bool) -> list[Finding]:
	"""A psychologist or special pedagogue with a teacher; suspected limited abilities add a special pedagogue.

	Each writes the part of a role they hold (KZ92-14.1.2a, KZ92-14.1.5a, KZ92-14.1.6a, KZ92-14.2.4a).
	"""
	roles = {t.role for t in team}
	found = [
		Finding.of("M56", Label(t.part)) for t in team if not t.holds_role or PART_OF.get(t.role) != t.part
	]
	if not roles & TEAM_SPECIALISTS:
		found.append(Finding.of("M56", Label("pedagogue-psychologist or special pedagogue")))
	if not roles & TEAM_TEACHERS:
		found.append(Finding.of("M56", Label("class teacher or pedagogue")))
	if c3_suspected and "SPE" not in roles:
		found.append(Finding.of("M56", Label("special pedagogue")))
	return found


def assessment_parts(parts: Sequence[TeamPart]) -> list[Finding]:
	"""Every part is written, dated and signed by its author (KZ92-14.1.5a, KZ92-14.1.6a, KZ92-14.2.4a)."""
	return [
		Finding.of("M56", Label(p.part)) for p in parts if not (p.findings and p.completed_on and p.signed)
	] or ([] if parts else [Finding.of("M56", Label("Team"))])


@dataclass(frozen=True)
class Conclusion:
	"""What the team found: counts of rows and the marks beside them."""

	difficulties: int
	none_found: bool
	categories: frozenset[str]
	impairments: frozenset[str]
	conditions: int
	no_conditions_needed: bool
	need_duration: str | None
	review_date: date | None
	c3_status: str
	text: str | None
	recommendations: str | None


def conclusion(facts: Conclusion) -> list[Finding]:
	"""Difficulties, category, conditions and the kind of need are stated (KZ92-2.2, KZ92-2.3, KZ92-7.1, KZ92-8)."""
	gaps = {
		"Difficulties": facts.difficulties or facts.none_found,
		"Conclusion": facts.text,
		"Recommendations": facts.recommendations,
		"Need": facts.need_duration or not facts.categories & SPECIAL_NEEDS,
		"Review on": facts.review_date or facts.need_duration != "ND2",
		"Impairments": facts.impairments or "C3" not in facts.categories,
		"Limited Abilities": facts.c3_status != "None" or "C3" not in facts.categories,
	}
	found = [Finding.of("M56", Label(label)) for label, filled in gaps.items() if not filled]
	if not facts.categories:
		found.append(Finding.of("M10"))
	if not facts.conditions and not facts.no_conditions_needed:
		found.append(Finding.of("M09"))
	return found


def category_details(parents: Iterable[str], categories: Collection[str]) -> list[Finding]:
	"""A detail of clause 8 stands under its category; `parents` are the categories of the details (KZ92-8.1, KZ92-8.2)."""
	return [] if set(parents) <= set(categories) else [Finding.of("M10")]


def confirmed_by_pmpc(c3_status: str, pmpc_verified: bool) -> list[Finding]:
	"""Only a verified PMPC conclusion confirms limited abilities (KZ92-8.3, KZ92-10.2, KZ92-13.7)."""
	return [Finding.of("M11")] if c3_status == "Confirmed by PMPC" and not pmpc_verified else []


def pmpc_record(
	number: str | None, day: date | None, text: str | None, advice: int, file: str | None
) -> list[Finding]:
	"""A PMPC paper counts with number, date, conclusion, recommendation and scan (KZ92-13.7)."""
	return [] if all((number, day, text, advice, file)) else [Finding.of("M68")]


# ---- list and programmes (B.4, B.5)


@dataclass(frozen=True)
class ListRow:
	"""A child on the list: whether category, basis and consent stand behind the row."""

	learner: str
	name: str
	categories: frozenset[str]
	basis_holds: bool
	basis_named: bool
	basis_renewed: bool
	consents: tuple[ConsentFact, ...]


def list_rows(rows: Sequence[ListRow], day: date) -> list[Finding]:
	"""No child twice; category, lawful basis and consent behind every row (KZ92-14.2.1c, KZ92-14.2.1a)."""
	found, seen = [], set()
	for number, row in enumerate(rows, 1):
		if row.learner in seen:
			found.append(Finding.of("M45", row.name))
		seen.add(row.learner)
		if not row.categories or not row.basis_named or not row.consents:
			found.append(Finding.of("M46", number))
		if row.basis_named and not row.basis_holds:
			found.append(Finding.of("M12", row.name))
		found += basis_renewed(row.basis_renewed, row.name)
		if row.consents:
			found += consent_on(row.consents, day, row.name)
	return found or ([] if rows else [Finding.of("M46", 1)])


def basis(holds: bool, child: str) -> list[Finding]:
	"""Stage 2 stands on a concluded assessment or a verified PMPC paper (KZ92-9, KZ92-14.2.1a, KZ92-14.2.1b)."""
	return [] if holds else [Finding.of("M12", child)]


def basis_renewed(renewed: bool, child: str) -> list[Finding]:
	"""Support is of one school year: another one asks for a new assessment or the old one confirmed (KZ92-20, D-29)."""
	return [] if renewed else [Finding.of("A55", child)]


def on_list(listed: bool, child: str, school_year: str) -> list[Finding]:
	"""Programmes are for children on the list (KZ92-14.2.1c)."""
	return [] if listed else [Finding.of("M13", child, school_year)]


def within_school_year(first: date, last: date, year_first: date, year_last: date) -> list[Finding]:
	"""Support runs within the school year (KZ92-20)."""
	if year_first <= first <= last <= year_last:
		return []
	return [Finding.of("M14", first, last)]


def weekly_lessons(individual: int, small_group: int, group: int) -> list[Finding]:
	"""At least one kind of lesson is held each week (KZ92-16.4)."""
	return [] if individual or small_group or group else [Finding.of("M59")]


def lesson_minutes(minutes: int, least: int, greatest: int, warn_only: bool = False) -> list[Finding]:
	"""The planned length of a lesson is the norm's (KZ92-17.3, KZ92-17.4)."""
	if least <= minutes <= greatest:
		return []
	wanted = f"{least}" if least == greatest else f"{least}–{greatest}"
	return [Finding("M22", (minutes, wanted), warn_only)]


def contents_fit(contents: Iterable[str], categories: Collection[str]) -> list[Finding]:
	"""Items of clause 12 are for everyone, conditions of clause 13 for limited abilities (KZ92-12, KZ92-13)."""
	if "C3" in categories:
		return []
	return [Finding.of("M41", code, "13") for code in contents if code.startswith("CN")]


def special_support(contents: Collection[str], pmpc_verified: bool) -> list[Finding]:
	"""Special support stands on a PMPC paper, in whichever programme it is written (KZ92-13.7)."""
	return [Finding.of("M11")] if "CN7" in contents and not pmpc_verified else []


def contents_provided(rows: Iterable[tuple[str, str | None]]) -> list[Finding]:
	"""Whom the clause names provides the content; rows: (content, role) (KZ92-12.3, KZ92-12.4, KZ92-13.7, D-12)."""
	return [
		Finding.of("M40", Label(role), Label(content))
		for content, role in rows
		if role and not provides(role, content)
	]


def provides(role: str, content: str) -> bool:
	"""Tell whether the role may provide the content; a career guide provides career guidance alone (KZ92-10.1)."""
	named = CONTENT_PROVIDERS.get(content)
	return role in named if named else role != "CAR"


def contents_sourced(
	rows: Iterable[tuple[str, str | None, str | None]], found_needed: Collection[str]
) -> list[Finding]:
	"""Each row meets a condition of the assessment or says why not; rows: (content, condition, reason) (KZ92-19)."""
	return [
		Finding.of("A15", content)
		for content, condition, justification in rows
		if not justification and condition not in found_needed
	]


def programme_author(kind: str, roles: Collection[str], categories: Collection[str]) -> list[Finding]:
	"""Who may write which programme, and for whom: teachers write the ICP (KZ92-9.2, KZ92-17.1, KZ92-17.2, KZ92-12.1,
	KZ92-14.2.3a, KZ92-14.2.4b).
	"""
	if kind == "CDP":
		found = [] if "SPE" in roles else [Finding.of("M16")]
		return found + ([] if "C3" in categories else [Finding.of("M15")])
	if kind == "ICP":
		return [] if "C3" in categories else [Finding.of("M18")]
	return [] if SPECIALIST_ROLES & set(roles) else [Finding.of("M17")]


@dataclass(frozen=True)
class ProgrammeFact:
	"""A programme as a later one follows it; `first` is the first day of its school year."""

	name: str
	learner: str
	kind: str
	state: str
	approved: bool
	first: date


def new_version(later: ProgrammeFact, earlier: ProgrammeFact, running: Collection[str]) -> list[Finding]:
	"""A new version follows a running programme of the same child, kind and year (KZ92-14.2.2b)."""
	alike = (later.learner, later.kind, later.first) == (earlier.learner, earlier.kind, earlier.first)
	return [] if alike and earlier.state in running else [Finding.of("A44", earlier.name)]


def continuation(later: ProgrammeFact, earlier: ProgrammeFact) -> list[Finding]:
	"""Support goes on from year to year with the same child's programme (KZ92-5.7)."""
	alike = (later.learner, later.kind) == (earlier.learner, earlier.kind)
	follows = alike and earlier.approved and earlier.first < later.first
	return [] if follows else [Finding.of("A44", earlier.name)]


def limited_abilities_basis(
	categories: Collection[str], confirmed: bool, pmpc_verified: bool
) -> list[Finding]:
	"""Support of a child with limited abilities starts on assessment and PMPC together (KZ92-10.2, D-7)."""
	return [] if "C3" not in categories or (confirmed and pmpc_verified) else [Finding.of("M11")]


def results_reviewed(
	goals: Sequence[tuple[bool, bool]], review_complete: bool, deputy_took_part: bool
) -> list[Finding]:
	"""Every goal has a dated result, and a deputy head discussed them; goals: (actual, dated) (KZ92-14.2.2c)."""
	found = [Finding.of("M63", n) for n, (actual, dated) in enumerate(goals, 1) if not (actual and dated)]
	if not found and not (review_complete and deputy_took_part):
		found.append(Finding.of("M63", Label("Results Review")))
	return found


# ---- meeting (B.9)


@dataclass(frozen=True)
class Decision:
	"""A row of the decisions, by what it names."""

	number: int
	kind: str | None
	text: str | None
	learner: str | None = None
	representative: str | None = None
	assistant: str | None = None
	quarter: int | None = None
	pmpc: str | None = None
	centre: str | None = None
	executed: bool = False
	outcome: str = "Adopted"

	def names_its_subject(self) -> bool:
		"""DK1 names learner, assistant, quarter and PMPC paper; DK2 a learner or representative and the Centre."""
		if self.kind == "DK1":
			return all((self.learner, self.assistant, self.quarter, self.pmpc))
		if self.kind == "DK2":
			return bool((self.learner or self.representative) and self.centre)
		return True


def decisions(rows: Sequence[Decision]) -> list[Finding]:
	"""At least one decision, each with text, kind and subject (KZ92-14.2.6b, KZ92-15.1, KZ92-4.1)."""
	found = [Finding.of("M36", d.number) for d in rows if not (d.text and d.kind and d.names_its_subject())]
	return found or ([] if rows else [Finding.of("M36", 1)])


def quorum(present: int, members: int, percent: float) -> list[Finding]:
	"""The organisation's own quorum, when it has set one (KZ92-4.1, D-11)."""
	needed = -(-members * percent // 100) if percent else 0
	return [Finding.of("M37", present, int(needed))] if present < needed else []


def decisions_executed(rows: Sequence[Decision]) -> list[Finding]:
	"""A meeting is executed when each adopted decision is (KZ92-14.2.6b)."""
	return [Finding.of("M64", d.number) for d in rows if d.outcome == "Adopted" and not d.executed]


# ---- referral (B.10)


def referral_subject(subject: str | None, reason: str | None, representative_named: bool) -> list[Finding]:
	"""Who is referred and why (KZ92-15.1, KZ92-15.2)."""
	complete = subject and reason and (subject == "Learner" or representative_named)
	return [] if complete else [Finding.of("M65")]


def referral_support(given: str | None) -> list[Finding]:
	"""The Centre is told what support the school has given already (KZ92-15.1)."""
	return [] if (given or "").strip() else [Finding.of("A21", Label("Support Already Given"))]


def referral_addressee(active: bool, local_executive_body: str | None) -> list[Finding]:
	"""The addressee is a Centre attached to a local executive body in education (KZ92-15.1)."""
	return [] if active and local_executive_body else [Finding.of("M34")]


def referral_decision(
	subject: str | None,
	learner: str,
	representative: str | None,
	centre: str | None,
	decision: Decision | None,
	meeting_adopted: bool,
	name: str,
) -> list[Finding]:
	"""An adopted decision DK2 names whoever is referred, and the same Centre (KZ92-15.1)."""
	names = decision and meeting_adopted and decision.kind == "DK2" and decision.outcome == "Adopted"
	names = names and decision.centre == centre
	if names and subject in ("Learner", "Both"):
		names = decision.learner == learner
	if names and subject in ("Parent or Representative", "Both"):
		names = decision.representative == representative
	return [] if names else [Finding.of("M32", name)]


def referral_sender(is_head: bool, may_sign: bool) -> list[Finding]:
	"""The head sends, or a deputy head named for it in the order (KZ92-15.1, D-18)."""
	return [] if is_head or may_sign else [Finding.of("M33")]


def representative_agreed(subject: str | None, agreed_on: date | None) -> list[Finding]:
	"""A parent who is referred has agreed (KZ92-15.1, D-19)."""
	needs = subject in ("Parent or Representative", "Both")
	return [Finding.of("M66")] if needs and not agreed_on else []


def centre_result(day: date | None, text: str | None, recommendations: str | None) -> list[Finding]:
	"""The Centre's answer is recorded whole (KZ92-15.2)."""
	return [] if day and text and recommendations else [Finding.of("M67")]


# ---- every paper


def edition_in_force(day: date, effective_from: date | None, repealed_from: date | None) -> list[Finding]:
	"""Warn of a paper dated before its act took effect or after the act was repealed (KZ92-0.5, F.6)."""
	too_early = effective_from and day < effective_from
	too_late = repealed_from and day >= repealed_from
	return [Finding.warn("M55", day)] if too_early or too_late else []


def depends(code: str, names: Sequence[str]) -> list[Finding]:
	"""Papers that stand on this one: M61 asks for a superseding paper, M62 refuses (B.0 rule 1)."""
	return [Finding.of(code, ", ".join(names))] if names else []


def reason_given(reason: str | None) -> list[Finding]:
	"""Returning, declining, withdrawing and cancelling want a reason (B.0 rule 3)."""
	return [] if (reason or "").strip() else [Finding.of("M42")]
