"""Profiles and norms by date: the edition in force on a paper's date governs, and a change rewrites nothing."""

import frappe
import pytest
from frappe.utils import add_days, getdate

from ppss_support.tests import support
from ppss_support.tests.factories import School, day, make, make_login
from ppss_support.tests.guards import check_ok, check_refused, fresh

clause = pytest.mark.clause
NORM, GROUP, PROFILE, ORGANISATION = (
	"PPSS Norm",
	"PPSS Session Group",
	"PPSS Regulation Profile",
	"PPSS Organisation",
)


@pytest.fixture(scope="module")
def own(connected):
	"""A school under a profile of its own, a copy of order No 92, with an administrator who keeps the norms."""
	connected.db.rollback()
	school = School()
	follow_copy(school, f"T{school.tag}")
	school.order()
	school.users["SYS"] = make_login(f"sys.{school.tag}@example.com", "System Manager")
	connected.db.commit()
	return school


def follow_copy(school, code: str):
	copy_profile(code)
	frappe.db.set_value(ORGANISATION, school.organisation, "regulation_profile", code)
	frappe.clear_document_cache(ORGANISATION, school.organisation)


def copy_profile(code: str):
	profile = frappe.copy_doc(frappe.get_doc(PROFILE, "KZ92"))
	profile.code = code
	profile.insert()
	for name in frappe.get_all(NORM, {"regulation_profile": "KZ92"}, pluck="name"):
		norm = frappe.copy_doc(frappe.get_doc(NORM, name))
		norm.regulation_profile = code
		norm.insert()


def profile_of(school) -> str:
	return frappe.db.get_value(ORGANISATION, school.organisation, "regulation_profile")


def new_value(school, code: str, first, **values) -> dict:
	row = {
		"norm_code": code,
		"regulation_profile": profile_of(school),
		"valid_from": first,
		"unit": "children",
	}
	return {**row, "enforcement": "Block", "message_code": "M20", "clause": "KZ92-16.1", **values}


def norm_of(school, code: str) -> str:
	filters = {"norm_code": code, "regulation_profile": profile_of(school)}
	return frappe.db.get_value(NORM, filters, order_by="creation asc")


def pair(school, offset: int) -> dict:
	return support.group_values(school, support.special_children(school, 2), valid_from=day(offset))


@clause("KZ92-16.1")
def test_changed_norm_governs_from_its_day_and_rewrites_nothing(own, rest):
	values = pair(own, -5)
	support.special_children(own, 3)
	with own.acting("SPE"):
		group = make(GROUP, **values)
	frappe.db.commit()
	admin, specialist = rest(own.users["SYS"]), rest(own.users["SPE"])
	change = new_value(own, "SMALL_GROUP_SIZE", day(0), value_min=3, value_max=4)
	check_ok(admin.create(NORM, **change))
	old = norm_of(own, "SMALL_GROUP_SIZE")
	assert fresh(NORM, old).valid_to == add_days(getdate(), -1)
	check_ok(specialist.change(GROUP, group.name, title="Жаңа атау"))
	check_refused(specialist.create(GROUP, **pair(own, 0)), "M20")
	check_ok(specialist.create(GROUP, **pair(own, -1)))
	others = [{"learner": learner.name} for learner in support.special_children(own, 3)[1:]]
	frappe.db.commit()
	check_refused(specialist.change(GROUP, group.name, members=others), "M20")
	check_refused(admin.create(NORM, **change), "A49")
	check_refused(admin.create(NORM, **{**change, "valid_from": day(-3), "valid_to": day(-2)}), "A49")
	check_refused(admin.change(NORM, old, value_max=5), "A50")
	check_refused(admin.change(NORM, old, valid_to=day(-9)), "A50")
	check_refused(admin.delete(NORM, old), "A50")


def test_contradicting_norm_is_refused(own, rest):
	frappe.db.commit()
	wrong = new_value(own, "GROUP_SIZE", day(0), value_min=8, value_max=6)
	check_refused(rest(own.users["SYS"]).create(NORM, **wrong), "A48")
	check_ok(rest(own.users["SYS"]).change(NORM, norm_of(own, "GROUP_SIZE"), applies_to="group lesson"))


@clause("KZ92-21.1")
def test_cap_of_the_organisation_lies_within_the_norm(own, rest):
	frappe.db.commit()
	head = rest(own.users["HEAD"])
	wrong = head.change(ORGANISATION, own.organisation, special_pedagogue_cap=15, settings_reason="Қате")
	assert not wrong.ok and any("12" in text and "14" in text for text in wrong.texts)


@clause("KZ92-0.5")
def test_publication_gives_the_first_day_and_earlier_papers_warn(own, rest):
	frappe.db.commit()
	admin, code = rest(own.users["SYS"]), profile_of(own)
	check_ok(admin.change(PROFILE, code, first_publication_date=day(-30)))
	assert fresh(PROFILE, code).effective_from == getdate(day(-19))
	check_ok(admin.change(PROFILE, code, first_publication_date=day(-29), effective_from=day(-10)))
	assert fresh(PROFILE, code).effective_from == getdate(day(-10))
	check_refused(admin.change(PROFILE, code, repealed_from=day(-10)), "A05")
	meeting = own.meeting("Held", date=day(-12))
	check_ok(rest(own.users["DEP"]).press("PPSS Meeting", meeting.name, "Adopt Decision"))
	assert "M55" in fresh("PPSS Meeting", meeting.name).history[-1].warnings
	assert frappe.db.exists("PPSS Override", {"document": meeting.name, "rule": "M55"})


@clause("KZ92-0.1", "KZ92-0.5")
def test_profile_of_a_paper_is_the_one_used_on_its_date(rest, site):
	school = School()
	school.order()
	old, adopted = school.meeting("Planned", date=day(-5)), school.meeting("Adopted", date=day(-5))
	copy_profile(f"N{school.tag}")
	frappe.db.commit()
	head, deputy = rest(school.users["HEAD"]), rest(school.users["DEP"])
	change = {"regulation_profile": f"N{school.tag}", "settings_reason": "Жаңа редакция"}
	check_refused(head.change(ORGANISATION, school.organisation, **change, profile_from="2025-08-01"), "A05")
	check_ok(head.change(ORGANISATION, school.organisation, **change, profile_from=day(-1)))
	check_ok(deputy.change("PPSS Meeting", old.name, guests="Қонақ"))
	check_ok(deputy.change("PPSS Meeting", adopted.name, archive_index="01-12"))
	new = deputy.create("PPSS Meeting", **school.meeting_values(date=day(0)))
	check_ok(new)
	profiles = [fresh("PPSS Meeting", name).regulation_profile for name in (old.name, adopted.name)]
	assert profiles == ["KZ92", "KZ92"]
	assert new.data["regulation_profile"] == f"N{school.tag}"


def test_paper_the_profile_does_not_know_is_not_begun(own, rest):
	learner = own.child()
	values = own.referral_values(learner)
	profile = frappe.get_doc(PROFILE, profile_of(own))
	feature = next(row for row in profile.features if row.feature == "order92_documents")
	feature.value = "Off"
	profile.save()
	frappe.db.commit()
	check_refused(rest(own.users["PSY"]).create("PPSS Referral", **values), "M47")
	feature.value = "On"
	profile.save()
	frappe.db.commit()
	check_ok(rest(own.users["PSY"]).create("PPSS Referral", **values))
