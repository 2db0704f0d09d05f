"""What the rules need to know, read from the site: plain values, no judgement.

Reads pass over the user's row scope on purpose: a rule must see every consent and order, though the user may not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from ipaddress import ip_address

import frappe
from frappe.utils import getdate

from ppss_support.constants import states
from ppss_support.regulation import plans
from ppss_support.regulation.assistants import Period
from ppss_support.regulation.repealed import Repealed
from ppss_support.regulation.rules import ConsentFact, Decision, TeamPart
from ppss_support.regulation.school_years import Span, Standing
from ppss_support.texts import plain

# Who coordinates the service where its act names no post of the organisation (ALM-16).
AUTHORITY = "AUTH"


def take_turn(name: str | None):
	"""Wait until nobody else is saving a paper of this organisation; the turn ends with the transaction.

	Orders in force, approved lists, consents and running numbers are then decided by one at a time. As long as
	nothing is written the transaction begins anew, so that it reads what others have decided while it waited.
	"""
	if not (frappe.db.transaction_writes or frappe.flags.in_import):
		frappe.db.begin()
	if name:
		frappe.db.get_value("PPSS Organisation", name, "name", for_update=True)


def undo(save_point: str):
	"""Undo what was written since the savepoint; the framework then forgets that anything was, and a turn would keep it."""
	writes = frappe.db.transaction_writes
	frappe.db.rollback(save_point=save_point)
	frappe.db.transaction_writes = writes


def next_number(*key: str, count: int = 1) -> int:
	"""Return the next running number of a register, in one statement, so that two first numbers do not collide.

	Of several taken at once it is the last. The number is taken in the same transaction as the paper it names: a rollback gives it back, so no gap stays.
	"""
	name, series = "PPSS/" + "/".join(key), frappe.qb.DocType("Series")
	first = frappe.qb.into(series).columns(series.name, series.current).insert(name, count)
	first.on_duplicate_key_update(series.current, series.current + count).run()
	return int(frappe.qb.from_(series).where(series.name == name).select(series.current).run()[0][0])


# ---- people and calendar


def organisation(name: str):
	return frappe.get_cached_doc("PPSS Organisation", name)


def authorised_body(name: str, profile: str | None) -> str | None:
	"""Return the body in education that coordinates the service where its act says so (ALM-6, ALM-16)."""
	coordinator = profile and frappe.get_cached_value("PPSS Regulation Profile", profile, "coordinator")
	return organisation(name).local_executive_body if coordinator == AUTHORITY else None


def organisation_of_user(user: str | None = None) -> str | None:
	own = frappe.db.get_value("PPSS Specialist", {"user": user or frappe.session.user}, "organisation")
	if own:
		return own
	every = frappe.get_all("PPSS Organisation", pluck="name", limit=2)
	return every[0] if len(every) == 1 else None


def profile_of(organisation_name: str | None) -> str | None:
	return organisation_name and frappe.get_cached_value(
		"PPSS Organisation", organisation_name, "regulation_profile"
	)


def profile_on(organisation_name: str | None, day: date) -> str | None:
	"""Return the regulation profile the organisation used on the day (KZ92-0.5, F.6)."""
	own = organisation_name and organisation(organisation_name)
	return profile_at(own, own.earlier_profiles, day) if own else None


def profile_at(own, earlier: Sequence, day: date) -> str | None:
	"""Return which of an organisation's profiles, the present one and the rows of earlier ones, it used on the day."""
	if not earlier or getdate(own.profile_from) <= day:
		return own.regulation_profile
	earlier = sorted(earlier, key=lambda row: getdate(row.from_date))
	return next(
		(row.regulation_profile for row in reversed(earlier) if getdate(row.from_date) <= day),
		earlier[0].regulation_profile,
	)


def features_on(organisation_name: str | None, profile: str | None) -> set[str]:
	"""Return the features of the profile, with those it leaves open which the organisation has chosen (F.5, F.6)."""
	if not profile:
		return set()
	chosen = organisation_name and {row.feature for row in organisation(organisation_name).optional_features}
	return switched_on(feature_values(profile), chosen or ())


def switched_on(values: dict[str, str], chosen: Collection[str]) -> set[str]:
	return {
		feature
		for feature, value in values.items()
		if value == "On" or (value == "Optional" and feature in chosen)
	}


def features_of_all(day: date) -> dict[str, set[str]]:
	"""Return the features of every organisation on the day, in three statements (F.5, F.6)."""
	earlier, rows = defaultdict(list), defaultdict(dict)
	periods = {"parenttype": "PPSS Organisation"}
	for row in frappe.get_all("PPSS Profile Period", periods, ["parent", "regulation_profile", "from_date"]):
		earlier[row.parent].append(row)
	fields = ["parenttype", "parent", "feature", "value"]
	for row in frappe.get_all("PPSS Profile Feature", fields=fields):
		rows[row.parenttype, row.parent][row.feature] = row.value
	found = {}
	for own in frappe.get_all("PPSS Organisation", fields=["name", "regulation_profile", "profile_from"]):
		profile = profile_at(own, earlier[own.name], day)
		values, chosen = rows["PPSS Regulation Profile", profile], rows["PPSS Organisation", own.name]
		found[own.name] = switched_on(values, chosen)
	return found


def feature_values(profile: str) -> dict[str, str]:
	"""Return whether the regulation profile switches each feature on or off, or leaves it open."""
	return {
		row.feature: row.value for row in frappe.get_cached_doc("PPSS Regulation Profile", profile).features
	}


def language_of(profile: str | None) -> str:
	"""Return the language papers of the profile are written in."""
	own = profile and frappe.get_cached_value("PPSS Regulation Profile", profile, "default_language")
	return own or "kk"


def edition_dates(profile: str | None) -> tuple[date | None, date | None]:
	"""Return the first day of the act and the day of its repeal."""
	row = frappe.get_cached_value(
		"PPSS Regulation Profile", profile, ["effective_from", "repealed_from"]
	) or (None, None)
	return row[0] and getdate(row[0]), row[1] and getdate(row[1])


def repealed_acts(profile: str | None) -> list[Repealed]:
	rows = frappe.get_cached_doc("PPSS Regulation Profile", profile).replaces if profile else []
	return [
		Repealed(row.act_number, getdate(row.act_date), row.part or "")
		for row in rows
		if row.act_number and row.act_date
	]


def person_of_user(user: str) -> frappe._dict:
	"""Return full name and position of whoever acts; users without a staff record by their user name."""
	person = frappe.db.get_value(
		"PPSS Specialist", {"user": user}, ["name", "full_name", "position"], as_dict=True
	)
	return person or frappe._dict(name=None, full_name=frappe.utils.get_fullname(user), position="")


def place_of_request() -> dict[str, str]:
	"""Return from where whoever acts does so; a job of the program comes from nowhere."""
	request = getattr(frappe.local, "request", None)
	if not request:
		return {}
	agent = plain(request.headers.get("User-Agent", "")[:200])
	return {"ip_address": address_of_request(), "user_agent": agent}


def address_of_request() -> str | None:
	"""Return the address a request came from, None for a job and for what is no address.

	Whoever sends a request may write the header that names it: it counts when a proxy of the own network passed it on.
	"""
	request = getattr(frappe.local, "request", None)
	with suppress(ValueError):
		sender = ip_address(request.remote_addr if request else "")
		return str(ip_address(frappe.local.request_ip) if sender.is_private else sender)
	return None


def roles_of(specialist: str | None) -> set[str]:
	"""Return the term codes of a specialist's roles (PSY, SPE, …)."""
	if not specialist:
		return set()
	return set(
		frappe.get_all(
			"PPSS Term Item", {"parenttype": "PPSS Specialist", "parent": specialist}, pluck="term"
		)
	)


def roles_by_specialist(specialists: list[str]) -> dict[str, set[str]]:
	"""Return the term codes of the roles of each of these people who has any."""
	own = {"parenttype": "PPSS Specialist", "parent": ("in", specialists)}
	held: dict[str, set[str]] = {}
	for specialist, term in frappe.get_all("PPSS Term Item", own, ["parent", "term"], as_list=True):
		held.setdefault(specialist, set()).add(term)
	return held


def any_has_role(specialists: list[str], role: str) -> bool:
	"""Tell whether one of these people has the role, whatever a paper says of them."""
	own = {"parenttype": "PPSS Specialist", "parent": ("in", specialists), "term": role}
	return bool(specialists and frappe.db.exists("PPSS Term Item", own))


def deputies_of(organisation_name: str) -> list[str]:
	"""Return the logins of the organisation's deputy heads, the one for upbringing among them (KG-5.1)."""
	return [login for role in ("DEP", "DVR") for login in logins_in_role(role, organisation_name)]


def logins_in_role(role: str, organisation_name: str) -> list[str]:
	"""Return the logins of the organisation's people in a role of the service, a PPSS Term."""
	people = frappe.get_all("PPSS Term Item", {"parenttype": "PPSS Specialist", "term": role}, pluck="parent")
	filters = {
		"name": ("in", people),
		"organisation": organisation_name,
		"active": 1,
		"user": ("is", "set"),
	}
	return frappe.get_all("PPSS Specialist", filters, pluck="user")


def logins_of(specialists: set[str | None], organisation_name: str) -> list[str]:
	"""Return the logins of these specialists and of the deputy heads who coordinate the service."""
	order = order_on(organisation_name, getdate())
	coordinators = frappe.get_all(
		"PPSS Order Member", {"parent": order, "is_coordinator": 1}, pluck="specialist"
	)
	people = {*filter(None, specialists), *coordinators}
	filters = {"name": ("in", people), "active": 1, "user": ("is", "set")}
	return frappe.get_all("PPSS Specialist", filters, pluck="user")


def people_of_child(learner: str, case: str | None) -> set[str | None]:
	"""Return the class teacher of a child and whoever is responsible for the child's case."""
	school_class = frappe.db.get_value("PPSS Learner", learner, "school_class")
	return {
		school_class and frappe.db.get_value("PPSS Class", school_class, "class_teacher"),
		case and frappe.db.get_value("PPSS Support Case", case, "responsible"),
	}


def full_name(doctype: str, name: str | None) -> str:
	return (name and frappe.db.get_value(doctype, name, "full_name")) or name or ""


def school_year_on(day: date) -> str | None:
	return frappe.db.get_value("PPSS School Year", {"from_date": ("<=", day), "to_date": (">=", day)})


def school_year_dates(name: str) -> tuple[date, date]:
	row = frappe.get_cached_value("PPSS School Year", name, ["from_date", "to_date"])
	return getdate(row[0]), getdate(row[1])


def quarters_of(name: str) -> list[tuple[date, date]]:
	"""Return first and last day of each quarter of a school year, in their order."""
	rows = frappe.get_all("PPSS Quarter", {"parent": name}, ["from_date", "to_date"], order_by="from_date")
	return [(getdate(row.from_date), getdate(row.to_date)) for row in rows]


def school_year_after(name: str) -> str | None:
	"""Return the school year that follows this one."""
	_first, last = school_year_dates(name)
	return frappe.db.get_value("PPSS School Year", {"from_date": (">", last)}, order_by="from_date")


def school_year_before(name: str) -> str | None:
	"""Return the school year that ended before this one."""
	first, _last = school_year_dates(name)
	return frappe.db.get_value("PPSS School Year", {"to_date": ("<", first)}, order_by="to_date desc")


def school_years_between(first: date, last: date, besides: str | None) -> list[tuple[str, date, date]]:
	"""Return title, first and last day of the other school years that have one of these days."""
	filters = {"from_date": ("<=", last), "to_date": (">=", first), "name": ("!=", besides or "")}
	rows = frappe.get_all("PPSS School Year", filters, ["title", "from_date", "to_date"], as_list=True)
	return [(title, getdate(begins), getdate(ends)) for title, begins, ends in rows]


def standing_in_year(school_year: str) -> list[Standing]:
	"""Return the programmes that run and the appointments that stand in a school year."""
	programmes = frappe.get_all(
		"PPSS Programme",
		{"school_year": school_year, "workflow_state": ("in", states.RUNNING_PROGRAMME)},
		["name", "period_from", "period_to"],
		as_list=True,
	)
	appointments = frappe.get_all(
		"PPSS Assistant Assignment",
		{"school_year": school_year, "workflow_state": ("in", (states.APPOINTED, states.SUSPENDED))},
		["name", "from_date", "to_date", "quarter"],
		as_list=True,
	)
	return [
		Standing(name, Span(getdate(first), getdate(last)), *quarter)
		for name, first, last, *quarter in (*programmes, *appointments)
	]


# ---- the service


def orders_in_force(organisation_name: str) -> list[tuple[str, str]]:
	"""Return (name, order number) of the orders in force now."""
	filters = {"organisation": organisation_name, "workflow_state": states.IN_FORCE, "docstatus": 1}
	rows = frappe.db.get_values("PPSS Support Order", filters, ["name", "order_no"])
	return [tuple(row) for row in rows or []]


def order_on(organisation_name: str, day: date) -> str | None:
	"""Return the order that was in force on the day: the latest begun by then and not ended before it."""
	rows = frappe.get_all(
		"PPSS Support Order",
		{
			"organisation": organisation_name,
			"docstatus": 1,
			"order_kind": ("!=", "Liquidate"),
			"in_force_from": ("<=", day),
		},
		["name", "in_force_to"],
		order_by="in_force_from desc, creation desc",
	)
	return next((r.name for r in rows if not r.in_force_to or getdate(r.in_force_to) >= getdate(day)), None)


def members_on(organisation_name: str, day: date) -> set[str] | None:
	"""Return the specialists who are members on the day, None when no order is in force."""
	order = order_on(organisation_name, day)
	return set(frappe.get_all("PPSS Order Member", {"parent": order}, pluck="specialist")) if order else None


def may_sign_referrals(specialist: str | None, organisation_name: str, day: date) -> bool:
	order = order_on(organisation_name, day)
	return bool(
		order
		and frappe.db.exists(
			"PPSS Order Member",
			{"parent": order, "specialist": specialist, "may_sign_referrals": 1, "role_in_service": "DEP"},
		)
	)


def roles_in_order(order: str | None) -> dict[str, str]:
	"""Return the role in the service of each member of an order."""
	return dict(
		frappe.get_all(
			"PPSS Order Member", {"parent": order}, ["specialist", "role_in_service"], as_list=True
		)
	)


def principles(profile: str | None) -> list[str]:
	"""Return the principles of the act in the state language, in its order."""
	rows = frappe.get_all(
		"PPSS Term",
		{"kind": "Principle", "regulation_profile": profile},
		["name", "title", "label_kk", "label_ky"],
		order_by="name",
	)
	return [row.label_kk or row.label_ky or row.title for row in rows]


def acknowledgement_of(specialist: str, order: str, besides: str | None = None) -> str | None:
	filters = {"specialist": specialist, "service_order": order, "name": ("!=", besides or "")}
	return frappe.db.exists("PPSS Ethics Acknowledgement", filters)


def unacknowledged(specialists: set[str], organisation_name: str) -> list[str]:
	"""Return the names of those who are members of the order in force and have not acknowledged under it."""
	order = order_on(organisation_name, getdate())
	if not order or not specialists:
		return []
	signed = frappe.get_all("PPSS Ethics Acknowledgement", {"service_order": order}, pluck="specialist")
	members = {"parent": order, "specialist": ("in", specialists - set(signed))}
	return frappe.get_all("PPSS Order Member", members, pluck="full_name", order_by="idx")


# ---- meetings


def decision_fact(row) -> Decision:
	return Decision(
		number=row.idx,
		kind=row.kind,
		text=row.text,
		learner=row.learner,
		representative=row.representative,
		assistant=row.assistant,
		quarter=row.quarter,
		pmpc=row.pmpc,
		centre=row.centre,
		executed=bool(row.executed),
		outcome=row.outcome,
	)


def decision_of(paper) -> tuple[Decision | None, bool]:
	"""Return the decision a paper names and whether it stands for the paper.

	It stands when its meeting has adopted it, for the same organisation and school year, and no other paper rests on it.
	"""
	place = {"parent": paper.meeting, "idx": paper.decision_no}
	row = all(place.values()) and frappe.db.get_value("PPSS Meeting Decision", place, "*", as_dict=True)
	if not row:
		return None, False
	fields = ["organisation", "school_year", "workflow_state"]
	organisation_name, year, state = frappe.db.get_value("PPSS Meeting", paper.meeting, fields)
	ours = (organisation_name, year) == (paper.organisation, paper.school_year)
	free = row.execution_doc in (None, "", paper.name)
	return decision_fact(row), ours and free and state in (states.ADOPTED, states.EXECUTED)


# ---- the child


def only_child_of(representative: str | None, organisation_name: str) -> str | None:
	"""Return the child a representative speaks for, None when there are several or none."""
	learners = set(
		frappe.get_all("PPSS Learner Representative", {"representative": representative}, pluck="parent")
	)
	own = frappe.get_all(
		"PPSS Learner", {"name": ("in", learners), "organisation": organisation_name}, pluck="name", limit=2
	)
	return own[0] if len(own) == 1 else None


def consents_of(learner: str) -> tuple[ConsentFact, ...]:
	"""Return the consents that were signed for a learner, with the day each ended."""
	rows = frappe.get_all(
		"PPSS Consent",
		{
			"learner": learner,
			"docstatus": 1,
			"workflow_state": ("in", (states.SIGNED, states.WITHDRAWN, states.EXPIRED)),
		},
		["workflow_state", "date_signed", "withdrawn_on", "valid_to"],
	)
	return tuple(consent_fact(row) for row in rows)


def consent_fact(row) -> ConsentFact:
	"""A consent ends on the day of withdrawal, or the day after its last valid day, whichever comes first."""
	ends = [getdate(row.withdrawn_on)] if row.workflow_state == states.WITHDRAWN else []
	if row.valid_to:
		ends.append(frappe.utils.add_days(getdate(row.valid_to), 1))
	return ConsentFact(row.workflow_state, getdate(row.date_signed), min(ends, default=None))


def basis_holds(doctype: str, name: str | None, learner: str) -> bool:
	"""Tell whether the paper is a concluded assessment or a verified PMPC paper of this very learner."""
	wanted = {"PPSS Needs Assessment": states.CONCLUDED, "PPSS PMPC Recommendation": states.VERIFIED}.get(
		doctype
	)
	return bool(
		name
		and wanted
		and frappe.db.exists(
			doctype, {"name": name, "learner": learner, "workflow_state": wanted, "docstatus": 1}
		)
	)


def basis_renewed(doctype: str, name: str | None, school_year: str) -> bool:
	"""Tell whether an assessment is of this school year or confirmed for it, where the organisation asks for that."""
	if doctype != "PPSS Needs Assessment" or not name:
		return True
	row = frappe.db.get_value(doctype, name, ["organisation", "school_year", "stands_for"], as_dict=True)
	return not row or stands_in(row, school_year)


def stands_in(assessment, school_year: str) -> bool:
	if school_year in (assessment.school_year, assessment.stands_for):
		return True
	return not organisation(assessment.organisation).assessment_renewed


def based_in_year(learners: list[str], school_year: str) -> set[str]:
	"""Return the learners with a concluded assessment for the school year or a verified PMPC paper."""
	rows = frappe.get_all(
		"PPSS Needs Assessment",
		{"learner": ("in", learners), "workflow_state": states.CONCLUDED, "docstatus": 1},
		["learner", "organisation", "school_year", "stands_for"],
		order_by="end_date",
	)
	latest = {row.learner: row for row in rows}
	assessed = {learner for learner, row in latest.items() if stands_in(row, school_year)}
	return assessed | learners_with_pmpc(learners)


def pmpc_verified(name: str | None, learner: str) -> bool:
	return basis_holds("PPSS PMPC Recommendation", name, learner)


def concluded_assessment(learner: str) -> str | None:
	return frappe.db.get_value(
		"PPSS Needs Assessment",
		{"learner": learner, "workflow_state": states.CONCLUDED, "docstatus": 1},
		order_by="end_date desc",
	)


def verified_pmpc(learner: str) -> str | None:
	return frappe.db.get_value(
		"PPSS PMPC Recommendation",
		{"learner": learner, "workflow_state": states.VERIFIED, "docstatus": 1},
		order_by="date desc",
	)


def pmpc_advises(learner: str, advice: str) -> bool:
	"""Tell whether the verified PMPC paper of a learner recommends this."""
	pmpc = verified_pmpc(learner)
	return bool(pmpc and frappe.db.exists("PPSS PMPC Advice", {"parent": pmpc, "advice": advice}))


def caseload(specialist: str | None, school_year: str) -> set[str]:
	"""Return the learners whose CDP this special pedagogue answers for."""
	counted = (states.WITH_HEAD, *states.RUNNING_PROGRAMME)
	filters = {
		"kind": "CDP",
		"responsible_special_pedagogue": specialist,
		"school_year": school_year,
		"workflow_state": ("in", counted),
	}
	rows = frappe.db.get_values("PPSS Programme", filters, ["learner"])
	return {row[0] for row in rows or []}


def terms_in(doctype: str, name: str, field: str) -> frozenset[str]:
	"""Return the term codes of a multi-select field of one document."""
	return frozenset(
		frappe.get_all(
			"PPSS Term Item", {"parenttype": doctype, "parent": name, "parentfield": field}, pluck="term"
		)
	)


def parents_of_terms(codes: Iterable[str]) -> set[str]:
	"""Return the terms the given ones stand under."""
	return set(frappe.get_all("PPSS Term", {"name": ("in", list(codes))}, pluck="parent_term"))


def categories_by(doctype: str, name: str | None) -> frozenset[str]:
	"""Return the categories of clause 8 the basis paper states; a PMPC paper stands for limited abilities."""
	if not name:
		return frozenset()
	if doctype == "PPSS PMPC Recommendation":
		return frozenset({"C3"})
	return terms_in(doctype, name, "categories")


def limited_abilities_confirmed(learner: str) -> bool:
	assessment = concluded_assessment(learner)
	return (
		bool(assessment)
		and frappe.db.get_value("PPSS Needs Assessment", assessment, "c3_status") == "Confirmed by PMPC"
	)


def list_row_of(learner: str, school_year: str, list_states: tuple[str, ...]) -> frappe._dict | None:
	"""Return the row of the learner on the list of the year that stands in one of the states."""
	lists = frappe.get_all(
		"PPSS Learner List",
		{"school_year": school_year, "workflow_state": ("in", list_states)},
		["name", "number", "date", "workflow_state"],
		order_by="docstatus desc, creation desc",
	)
	for one in lists:
		if frappe.db.exists("PPSS Learner List Row", {"parent": one.name, "learner": learner}):
			return one
	return None


# ---- papers


def paper(doctype: str, name: str):
	"""Return the document for a step of the system, locked until the transaction ends."""
	return frappe.get_doc(doctype, name, for_update=True)


def paper_with_course(doctype: str, name: str):
	"""Return the document like `paper`, but of its tables only the steps taken: enough to move it on."""
	row = frappe.db.get_value(doctype, name, "*", as_dict=True, for_update=True)
	course = {"parent": name, "parenttype": doctype, "parentfield": "history"}
	steps = frappe.get_all("PPSS Transition", course, ["*"], order_by="idx")
	return frappe.get_doc({**row, "doctype": doctype, "history": steps})


def specialist_of_user(user: str | None = None) -> str | None:
	return frappe.db.get_value("PPSS Specialist", {"user": user or frappe.session.user})


def is_active(specialist: str) -> bool:
	return bool(frappe.db.get_value("PPSS Specialist", specialist, "active"))


def service_roles(profile: str | None) -> list[str]:
	"""Return the term codes of the roles the regulation lets into the service, in its order."""
	rows = frappe.get_cached_doc("PPSS Regulation Profile", profile).service_roles if profile else []
	return [row.term for row in rows]


def order_with_number(order) -> str | None:
	"""Return another issued order of the same organisation, year and number."""
	year = getdate(order.order_date).year
	return frappe.db.exists(
		"PPSS Support Order",
		{
			"name": ("!=", order.name),
			"organisation": order.organisation,
			"order_no": order.order_no,
			"order_date": ("between", (f"{year}-01-01", f"{year}-12-31")),
			"docstatus": ("!=", 0),
		},
	)


def referral_with_number(referral) -> str | None:
	return frappe.db.exists(
		"PPSS Referral",
		{
			"name": ("!=", referral.name),
			"organisation": referral.organisation,
			"school_year": referral.school_year,
			"number": str(referral.number),
			"docstatus": ("!=", 0),
		},
	)


def class_title(learner: str | None) -> str | None:
	school_class = learner and frappe.db.get_value("PPSS Learner", learner, "school_class")
	return school_class and frappe.db.get_value("PPSS Class", school_class, "title")


def kinship(learner: str | None, representative: str | None) -> frappe._dict:
	"""Return relation, legal mark and authority document of a representative of this learner."""
	row = frappe.db.get_value(
		"PPSS Learner Representative",
		{"parent": learner, "representative": representative},
		["relation", "is_legal_representative", "authority_document"],
		as_dict=True,
	)
	return row or frappe._dict(relation=None, is_legal_representative=0, authority_document=None)


def case_of(learner: str | None, school_year: str | None) -> str | None:
	return frappe.db.get_value("PPSS Support Case", {"learner": learner, "school_year": school_year})


def handed_over(day: date) -> list[tuple[str, str, str, str]]:
	"""Return open case, learner, who has left and who has followed in the role by the day, where something still names the
	one who left: the case itself, a programme or a consent begun by then.
	"""
	case, person = frappe.qb.DocType("PPSS Support Case"), frappe.qb.DocType("PPSS Case Membership")
	programme, consent = frappe.qb.DocType("PPSS Programme"), frappe.qb.DocType("PPSS Consent")
	next_one, still = person.as_("next_one"), person.as_("still")
	running = (
		frappe.qb.from_(still)
		.select(still.parent)
		.where((still.specialist == person.specialist) & (still.parent == case.name))
		.where(still.to_date.isnull() | (still.to_date >= day))
	)
	written = (
		frappe.qb.from_(programme)
		.select(programme.support_case)
		.where((programme.author == person.specialist) & (programme.creation < next_one.from_date))
		.where(programme.workflow_state.isin(states.WRITTEN_STILL))
	)
	prepared = (
		frappe.qb.from_(consent)
		.select(consent.learner)
		.where((consent.prepared_by == person.specialist) & (consent.creation < next_one.from_date))
		.where(consent.workflow_state == states.PREPARED)
	)
	named = case.name.isin(written) | case.learner.isin(prepared)
	rows = (
		frappe.qb.from_(case)
		.join(person)
		.on(person.parent == case.name)
		.join(next_one)
		.on((next_one.parent == case.name) & (next_one.role == person.role))
		.where((case.status == "Open") & (person.to_date < day) & case.name.notin(running))
		.where((next_one.from_date > person.to_date) & (next_one.from_date <= day))
		.where(next_one.to_date.isnull() | (next_one.to_date >= day))
		.where((case.responsible == person.specialist) | named)
		.orderby(next_one.from_date)
		.select(case.name, case.learner, person.specialist, next_one.specialist)
	).run()
	# Of several who have followed it is the first.
	followers = {(name, learner, leaving): taking for name, learner, leaving, taking in reversed(rows)}
	return [(*whom, taking) for whom, taking in followers.items()]


def refresh_stages(**whose: str):
	"""Store the stages that a paper or a setting has just opened or closed, of a learner or an organisation."""
	years = frappe.get_all("PPSS School Year", {"to_date": (">=", getdate())}, pluck="name")
	under_way = {**whose, "status": ("!=", "Closed"), "school_year": ("in", years or [""])}
	cases = frappe.get_all("PPSS Support Case", under_way, ["name", "learner", "school_year", "stage"])
	for year in {case.school_year for case in cases}:
		own = [case for case in cases if case.school_year == year]
		based = based_in_year([case.learner for case in own], year)
		for case in own:
			stage = "2" if case.learner in based else "1"
			if case.stage != stage:
				frappe.db.set_value("PPSS Support Case", case.name, "stage", stage, update_modified=False)


def consent_paper(learner: str | None) -> str | None:
	"""Return the signed consent of a learner, the latest if there are several."""
	filters = {"learner": learner, "workflow_state": states.SIGNED, "docstatus": 1}
	return frappe.db.get_value("PPSS Consent", filters, order_by="date_signed desc")


def basis_of(doctype: str, learner: str | None) -> str | None:
	if doctype == "PPSS PMPC Recommendation":
		return verified_pmpc(learner)
	return concluded_assessment(learner)


def concluded_assessments(learner: str, besides: str) -> list[str]:
	filters = {
		"learner": learner,
		"workflow_state": states.CONCLUDED,
		"docstatus": 1,
		"name": ("!=", besides),
	}
	return frappe.get_all("PPSS Needs Assessment", filters, pluck="name")


def assessment_parts(assessment: str) -> dict[tuple[str, str], TeamPart]:
	"""Return the sheets of a team by (specialist, part)."""
	rows = frappe.get_all(
		"PPSS Assessment Part",
		{"assessment": assessment},
		["specialist", "role", "part", "findings", "completed_on", "signed"],
	)
	return {
		(r.specialist, r.part): TeamPart(r.role, r.part, r.findings, r.completed_on, bool(r.signed))
		for r in rows
	}


def assessments_on_pmpc(pmpc: str) -> list[str]:
	return frappe.get_all("PPSS Needs Assessment", {"pmpc": pmpc, "docstatus": 1}, pluck="name")


def conditions_of(doctype: str, name: str | None) -> frozenset[str]:
	"""Return the codes of special conditions the assessment names."""
	if not name or doctype != "PPSS Needs Assessment":
		return frozenset()
	return frozenset(frappe.get_all("PPSS Special Condition", {"parent": name}, pluck="condition"))


def approved_lists(organisation_name: str, school_year: str) -> list[tuple[str, str]]:
	filters = {
		"organisation": organisation_name,
		"school_year": school_year,
		"workflow_state": states.APPROVED,
		"docstatus": 1,
	}
	rows = frappe.db.get_values("PPSS Learner List", filters, ["name", "number"])
	return [tuple(row) for row in rows or []]


def approved_plans(
	organisation_name: str,
	school_year: str,
	kinds: Sequence[str] = plans.WHOLE,
	days: tuple[date, date] | None = None,
	**alike,
) -> list[str]:
	"""Return the plans of these kinds in force for the year, or for some of the days, alike in the fields named."""
	filters = {"organisation": organisation_name, "school_year": school_year, "docstatus": 1}
	filters |= {field: value or ("is", "not set") for field, value in alike.items()}
	filters |= {"plan_kind": ("in", kinds), "workflow_state": ("in", (states.APPROVED, states.EXECUTED))}
	fields = ["name", "plan_kind", "period_from", "period_to"]
	rows = frappe.db.get_values("PPSS Annual Plan", filters, fields) or []
	return [
		name
		for name, kind, first, last in rows
		if not (days and first and last)
		or kind == plans.YEAR
		or plans.share_days(days, (getdate(first), getdate(last)))
	]


def directions(profile: str | None) -> list[str]:
	"""Return the term codes of the directions the regulation knows, in its order."""
	own = {"kind": "Direction", "regulation_profile": profile, "active": 1}
	return frappe.get_all("PPSS Term", own, pluck="name", order_by="name")


def parent_by_term(codes: list[str]) -> dict[str, str | None]:
	rows = frappe.get_all("PPSS Term", {"name": ("in", codes)}, ["name", "parent_term"], as_list=True)
	return dict(rows)


# ---- assistants


def quarter_dates(school_year: str, quarter: int | None) -> tuple[date, date] | None:
	row = frappe.db.get_value(
		"PPSS Quarter", {"parent": school_year, "quarter": quarter}, ["from_date", "to_date"]
	)
	return (getdate(row[0]), getdate(row[1])) if row else None


def quarter_end(school_year: str, day: date) -> date | None:
	"""Return the last day of the quarter that runs on the day or is the next to come."""
	quarters = {"parent": school_year, "to_date": (">=", day)}
	return frappe.db.get_value("PPSS Quarter", quarters, "to_date", order_by="to_date asc")


def categories_of(learner: str) -> frozenset[str]:
	"""Return the categories of the learner's concluded assessment; a verified PMPC paper alone means C3."""
	return categories_by_learner([learner]).get(learner) or (
		frozenset({"C3"}) if verified_pmpc(learner) else frozenset()
	)


def assistant_periods(whose: dict, besides: str | None) -> list[Period]:
	"""Return the appointments that stand, of one assistant or of one learner."""
	filters = {
		**whose,
		"name": ("!=", besides),
		"workflow_state": ("in", (states.APPOINTED, states.SUSPENDED, states.ENDED)),
	}
	fields = ["workflow_state", "from_date", "to_date", "ended_on", "learner", "learner_name"]
	rows = frappe.db.get_values("PPSS Assistant Assignment", filters, fields, as_dict=True, for_update=True)
	return [Period(getdate(r.from_date), last_day_of(r), r.learner, r.learner_name) for r in rows or []]


def last_day_of(assignment) -> date:
	"""Return the last day of an appointment: the planned one until it has been ended."""
	ended = assignment.workflow_state == states.ENDED and assignment.ended_on
	return getdate(ended or assignment.to_date)


def earlier_assignment(assignment) -> date | None:
	"""Return when the child's last appointment in an earlier quarter began, None for a first one."""
	quarter = quarter_dates(assignment.school_year, assignment.quarter)
	first = quarter[0] if quarter else assignment.from_date
	rows = frappe.get_all(
		"PPSS Assistant Assignment",
		{
			"learner": assignment.learner,
			"docstatus": 1,
			"workflow_state": ("in", (states.APPOINTED, states.SUSPENDED, states.ENDED)),
			"from_date": ("<", first),
			"name": ("!=", assignment.name),
		},
		pluck="from_date",
		order_by="from_date desc",
		limit=1,
	)
	return getdate(rows[0]) if rows else None


def assistant_determinations(learner: str) -> list[tuple[date, str]]:
	"""Return what PMPC papers determined about the further need of an assistant, with their dates."""
	rows = frappe.get_all(
		"PPSS PMPC Recommendation",
		{
			"learner": learner,
			"workflow_state": states.VERIFIED,
			"docstatus": 1,
			"assistant_further_need": ("!=", "Not Considered"),
		},
		["date", "assistant_further_need"],
	)
	return [(getdate(r.date), r.assistant_further_need) for r in rows]


# ---- children, all at once


def consents_by_learner(learners: list[str]) -> dict[str, list[ConsentFact]]:
	rows = frappe.get_all(
		"PPSS Consent",
		{
			"learner": ("in", learners),
			"docstatus": 1,
			"workflow_state": ("in", (states.SIGNED, states.WITHDRAWN, states.EXPIRED)),
		},
		["learner", "workflow_state", "date_signed", "withdrawn_on", "valid_to"],
	)
	consents: dict[str, list[ConsentFact]] = {}
	for row in rows:
		consents.setdefault(row.learner, []).append(consent_fact(row))
	return consents


def categories_by_learner(learners: list[str]) -> dict[str, frozenset[str]]:
	"""Return the categories of each learner with a concluded assessment."""
	return assessment_terms(learners, "categories")


def assessment_terms(learners: list[str], field: str) -> dict[str, frozenset[str]]:
	filters = {"learner": ("in", learners), "workflow_state": states.CONCLUDED, "docstatus": 1}
	owners = dict(frappe.get_all("PPSS Needs Assessment", filters, ["name", "learner"], as_list=True))
	terms: dict[str, set[str]] = {learner: set() for learner in owners.values()}
	for parent, term in frappe.get_all(
		"PPSS Term Item",
		{"parent": ("in", list(owners)), "parenttype": "PPSS Needs Assessment", "parentfield": field},
		["parent", "term"],
		as_list=True,
	):
		terms[owners[parent]].add(term)
	return {learner: frozenset(codes) for learner, codes in terms.items()}


def learners_with_pmpc(learners: list[str]) -> set[str]:
	filters = {"learner": ("in", learners), "workflow_state": states.VERIFIED, "docstatus": 1}
	return set(frappe.get_all("PPSS PMPC Recommendation", filters, pluck="learner"))
