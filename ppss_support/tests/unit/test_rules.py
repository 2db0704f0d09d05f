"""Each rule with a case that passes and a case that is refused with its exact code."""

from datetime import date, timedelta

import pytest

from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding, Label, split

DAY = date(2026, 11, 21)
LAWFUL = ("DEP", "PSY", "SOC", "SPE", "AST", "CAR")
COORDINATOR = rules.Member("Орынбасар", "DEP", is_coordinator=True)


def codes(findings) -> list[str]:
	return [f.code for f in findings]


@pytest.mark.clause("KZ92-4.2")
def test_composition_takes_only_the_six_roles():
	teacher = rules.Member("Мұғалім", "TCH")
	refusals, _warnings = split(rules.composition([COORDINATOR, teacher], LAWFUL, LAWFUL))
	assert refusals == [Finding.of("M05", Label("TCH"))]


@pytest.mark.clause("KZ92-4.3")
def test_composition_needs_a_deputy_head_as_coordinator():
	ordinary = rules.Member("Орынбасар", "DEP")
	psychologist = rules.Member("Психолог", "PSY", is_coordinator=True)
	assert codes(split(rules.composition([COORDINATOR], LAWFUL, LAWFUL))[0]) == []
	assert codes(split(rules.composition([ordinary, psychologist], LAWFUL, LAWFUL))[0]) == ["M06"]
	assert codes(split(rules.composition([], LAWFUL, LAWFUL))[0]) == ["M06"]
	named = rules.Member("Психолог", "DEP", is_coordinator=True, holds_role=False)
	assert codes(split(rules.composition([named], LAWFUL, LAWFUL))[0]) == ["M06"]


@pytest.mark.clause("KZ92-4.2")
def test_member_in_a_role_of_another_warns():
	stranger = rules.Member("Мұғалім", "PSY", holds_role=False)
	assert rules.roles_held([COORDINATOR, stranger]) == [Finding.warn("A74", "Мұғалім", Label("PSY"))]


@pytest.mark.clause("KZ92-4.2")
def test_absent_roles_warn_unless_explained():
	refusals, warnings = split(rules.composition([COORDINATOR], LAWFUL, {"AST"}))
	assert not refusals
	assert [f.params[0] for f in warnings] == ["PSY", "SOC", "SPE", "CAR"]
	assert all(f.code == "M70" and f.warning for f in warnings)


@pytest.mark.parametrize(
	("number", "day", "first", "expected"),
	[
		("12", DAY, None, []),
		("12", DAY, DAY, []),
		("12", DAY, DAY + timedelta(days=1), []),
		("", DAY, None, ["M08"]),
		("12", None, DAY, ["M08"]),
		("12", DAY, DAY - timedelta(days=1), ["A05"]),
		("12", DAY + timedelta(days=1), None, ["A14"]),
		("12", DAY + timedelta(days=1), DAY, ["A14", "A05"]),
	],
)
@pytest.mark.clause("KZ92-14.1.1a")
def test_order_has_number_and_date_and_binds_from_then_on(number, day, first, expected):
	assert codes(rules.order_identity(number, day, first, DAY)) == expected


@pytest.mark.clause("KZ92-14.1.1b")
def test_second_order_must_supersede_the_first():
	assert rules.one_order_in_force([("ORD-1", "12")], "ORD-1") == []
	assert rules.one_order_in_force([("ORD-1", "12")], None) == [Finding.of("M07", "12")]


@pytest.mark.parametrize("members", [None, set(), {"B"}])
def test_stranger_to_the_service_is_refused(members):
	assert rules.member_on("A", members, DAY, "Аты") == [Finding.of("M35", DAY, "Аты")]


@pytest.mark.parametrize(
	("relation", "legal", "document", "expected"),
	[
		("Parent", True, None, []),
		("Parent", False, None, ["M69"]),
		("Guardian", True, "№ 5 қаулы", []),
		("Guardian", True, None, ["M69"]),
		("Other", True, "№ 5 қаулы", ["M69"]),
		(None, False, None, ["M69"]),
	],
)
@pytest.mark.clause("KZ92-11.2", "KZ92-A.2")
def test_consent_is_given_by_a_lawful_representative(relation, legal, document, expected):
	assert codes(rules.representative("Ата-ана", relation, legal, document)) == expected


@pytest.mark.clause("KZ92-A.5", "KZ92-A.6")
def test_consent_form_names_each_missing_line():
	found = rules.consent_form({"Class": "7 Ә", "Signed on": None, "Signed by Hand": 0}, None, DAY)
	assert found == [Finding.of("M02", Label("Signed on")), Finding.of("M02", Label("Signed by Hand"))]
	assert codes(rules.consent_form({"Class": "7 Ә"}, date(2026, 11, 22), DAY)) == ["A14"]


@pytest.mark.parametrize(
	("consents", "expected"),
	[
		([], ["M01"]),
		([rules.ConsentFact("Signed", DAY)], []),
		([rules.ConsentFact("Signed", date(2026, 11, 22))], ["M01"]),
		([rules.ConsentFact("Withdrawn", date(2026, 9, 1), DAY)], ["M03"]),
		([rules.ConsentFact("Withdrawn", date(2026, 9, 1), date(2026, 11, 22))], []),
		(
			[
				rules.ConsentFact("Expired", date(2025, 9, 1), date(2026, 9, 1)),
				rules.ConsentFact("Signed", DAY),
			],
			[],
		),
	],
)
@pytest.mark.clause("KZ92-11.1")
def test_consent_holds_on_the_very_day(consents, expected):
	assert codes(rules.consent_on(consents, DAY, "Бала")) == expected


@pytest.mark.parametrize(
	("roles", "suspected", "expected"),
	[
		(("PSY", "CLS"), False, []),
		(("SPE", "TCH"), True, []),
		(("SOC", "CLS"), False, ["M56"]),
		(("PSY", "SPE"), False, ["M56"]),
		(("PSY", "CLS"), True, ["M56"]),
	],
)
@pytest.mark.clause("KZ92-14.1.2a")
def test_team_of_the_assessment(roles, suspected, expected):
	team = [rules.TeamPart(role, rules.PART_OF[role]) for role in roles]
	assert codes(rules.assessment_team(team, suspected)) == expected


@pytest.mark.parametrize(
	("role", "part", "holds_role", "fits"),
	[
		("SOC", "Social", True, True),
		("SOC", "Social", False, False),
		("SOC", "Psychological", True, False),
		("TCH", "Pedagogical", True, True),
		("CAR", "Psychological", True, False),
		("DEP", "Pedagogical", True, False),
	],
)
@pytest.mark.clause("KZ92-14.1.5a", "KZ92-14.1.6a", "KZ92-14.2.4a")
def test_each_writes_the_part_of_the_own_role(role, part, holds_role, fits):
	others = [rules.TeamPart(code, rules.PART_OF[code]) for code in ("PSY", "CLS")]
	found = rules.assessment_team([*others, rules.TeamPart(role, part, holds_role=holds_role)], False)
	assert found == ([] if fits else [Finding.of("M56", Label(part))])


def test_every_part_is_written_dated_and_signed():
	signed = rules.TeamPart("PSY", "Psychological", "Байқалды", DAY, True)
	unsigned = rules.TeamPart("CLS", "Pedagogical", "Байқалды", DAY, False)
	assert rules.assessment_parts([signed]) == []
	assert rules.assessment_parts([signed, unsigned]) == [Finding.of("M56", Label("Pedagogical"))]
	assert codes(rules.assessment_parts([])) == ["M56"]


def concluded(**changes) -> rules.Conclusion:
	values = {
		"difficulties": 1,
		"none_found": False,
		"categories": frozenset({"C1"}),
		"impairments": frozenset(),
		"conditions": 1,
		"no_conditions_needed": False,
		"need_duration": "ND1",
		"review_date": None,
		"c3_status": "None",
		"text": "Қорытынды",
		"recommendations": "Ұсыным",
	}
	return rules.Conclusion(**{**values, **changes})


@pytest.mark.parametrize(
	("changes", "expected"),
	[
		({}, []),
		({"difficulties": 0}, ["M56"]),
		({"difficulties": 0, "none_found": True}, []),
		({"categories": frozenset()}, ["M10"]),
		({"conditions": 0}, ["M09"]),
		({"conditions": 0, "no_conditions_needed": True}, []),
		({"need_duration": None}, ["M56"]),
		({"categories": frozenset({"C0"}), "need_duration": None}, []),
		({"need_duration": "ND2"}, ["M56"]),
		({"categories": frozenset({"C3"})}, ["M56", "M56"]),
		({"categories": frozenset({"C3"}), "impairments": frozenset({"IM2"}), "c3_status": "Proposed"}, []),
	],
)
@pytest.mark.clause("KZ92-2.2", "KZ92-2.3", "KZ92-8")
def test_conclusion_states_what_clause_2_and_8_ask(changes, expected):
	assert codes(rules.conclusion(concluded(**changes))) == expected


@pytest.mark.clause("KZ92-13.7")
def test_only_pmpc_confirms_limited_abilities():
	assert codes(rules.confirmed_by_pmpc("Confirmed by PMPC", False)) == ["M11"]
	assert (
		rules.confirmed_by_pmpc("Confirmed by PMPC", True) == rules.confirmed_by_pmpc("Proposed", False) == []
	)
	assert codes(rules.pmpc_record("5", DAY, "Қорытынды", 0, "scan.pdf")) == ["M68"]
	assert rules.pmpc_record("5", DAY, "Қорытынды", 1, "scan.pdf") == []


def row(learner="L1", **changes) -> rules.ListRow:
	values = {
		"name": "Бала",
		"categories": frozenset({"C1"}),
		"basis_holds": True,
		"basis_named": True,
		"basis_renewed": True,
		"consents": (rules.ConsentFact("Signed", DAY),),
	}
	return rules.ListRow(learner, **{**values, **changes})


@pytest.mark.parametrize(
	("rows", "expected"),
	[
		([row()], []),
		([], ["M46"]),
		([row(), row()], ["M45"]),
		([row(categories=frozenset())], ["M46"]),
		([row(basis_holds=False)], ["M12"]),
		([row(basis_holds=False, basis_named=False)], ["M46"]),
		([row(basis_renewed=False)], ["A55"]),
		([row(consents=())], ["M46"]),
		([row(consents=(rules.ConsentFact("Withdrawn", date(2026, 9, 1), DAY),))], ["M03"]),
	],
)
@pytest.mark.clause("KZ92-14.2.1c")
def test_rows_of_the_list(rows, expected):
	assert codes(rules.list_rows(rows, DAY)) == expected


@pytest.mark.parametrize(
	("first", "last", "expected"),
	[
		(date(2026, 9, 1), date(2027, 5, 25), []),
		(date(2026, 8, 31), date(2027, 5, 25), ["M14"]),
		(date(2026, 9, 1), date(2027, 5, 26), ["M14"]),
		(date(2026, 12, 1), date(2026, 11, 1), ["M14"]),
	],
)
@pytest.mark.clause("KZ92-20")
def test_support_runs_within_the_school_year(first, last, expected):
	assert codes(rules.within_school_year(first, last, date(2026, 9, 1), date(2027, 5, 25))) == expected


@pytest.mark.clause("KZ92-16.4")
def test_some_lesson_is_held_each_week():
	assert codes(rules.weekly_lessons(0, 0, 0)) == ["M59"]
	assert rules.weekly_lessons(0, 1, 0) == []


@pytest.mark.parametrize(
	("minutes", "least", "greatest", "expected"),
	[(40, 35, 45, []), (34, 35, 45, ["M22"]), (46, 35, 45, ["M22"]), (40, 45, 45, ["M22"]), (30, 30, 30, [])],
)
@pytest.mark.clause("KZ92-17.3", "KZ92-17.4")
def test_planned_minutes_are_the_norm(minutes, least, greatest, expected):
	assert codes(rules.lesson_minutes(minutes, least, greatest)) == expected


@pytest.mark.clause("KZ92-12", "KZ92-13")
def test_conditions_of_clause_13_are_for_limited_abilities():
	assert codes(rules.contents_fit(["CT1", "CN2"], {"C1"})) == ["M41"]
	assert rules.contents_fit(["CT1", "CN2"], {"C1", "C3"}) == []


@pytest.mark.clause("KZ92-19")
def test_contents_come_from_the_assessment_or_are_justified():
	rows = [("CT1", "SC8", None), ("CT3", None, "Ата-ананың өтініші"), ("CT4", "SC5", None)]
	assert rules.contents_sourced(rows, {"SC8"}) == [Finding.of("A15", "CT4")]


@pytest.mark.parametrize(
	("kind", "roles", "categories", "expected"),
	[
		("IDP", {"PSY"}, {"C1"}, []),
		("IDP", {"TCH"}, {"C1"}, ["M17"]),
		("CDP", {"SPE"}, {"C3"}, []),
		("CDP", {"PSY"}, {"C3"}, ["M16"]),
		("CDP", {"SPE"}, {"C1"}, ["M15"]),
		("ICP", {"TCH"}, {"C3"}, []),
		("ICP", {"SPE"}, {"C2"}, ["M18"]),
	],
)
@pytest.mark.clause("KZ92-17.2", "KZ92-14.2.1b", "KZ92-14.2.1a")
def test_author_and_child_of_a_programme(kind, roles, categories, expected):
	assert codes(rules.programme_author(kind, roles, categories)) == expected


@pytest.mark.clause("KZ92-10.2")
def test_limited_abilities_need_assessment_and_pmpc_together():
	assert rules.limited_abilities_basis({"C1"}, False, False) == []
	assert rules.limited_abilities_basis({"C3"}, True, True) == []
	assert codes(rules.limited_abilities_basis({"C3"}, True, False)) == ["M11"]


@pytest.mark.clause("KZ92-14.2.2c")
def test_results_are_reviewed_goal_by_goal_with_a_deputy():
	assert rules.results_reviewed([(True, True)], True, True) == []
	assert rules.results_reviewed([(True, True), (True, False)], True, True) == [Finding.of("M63", 2)]
	assert codes(rules.results_reviewed([(True, True)], True, False)) == ["M63"]


def test_decisions_name_their_subject():
	dk1 = rules.Decision(1, "DK1", "Тағайындалсын", learner="L", assistant="A", quarter=2, pmpc="P")
	dk2 = rules.Decision(2, "DK2", "Жіберілсін", learner="L", centre="C")
	assert rules.decisions([dk1, dk2]) == []
	assert codes(rules.decisions([])) == ["M36"]
	assert rules.decisions([rules.Decision(3, "DK1", "Тағайындалсын", learner="L")]) == [Finding.of("M36", 3)]
	assert rules.decisions([rules.Decision(4, "DK9", "")]) == [Finding.of("M36", 4)]


@pytest.mark.parametrize(("present", "percent", "expected"), [(4, 51, []), (3, 51, ["M37"]), (0, 0, [])])
def test_quorum_only_when_set(present, percent, expected):
	assert codes(rules.quorum(present, 6, percent)) == expected


def test_executed_decisions():
	done = rules.Decision(1, "DK9", "Мәтін", executed=True)
	rejected = rules.Decision(2, "DK2", "Мәтін", outcome="Rejected")
	waiting = rules.Decision(3, "DK9", "Мәтін")
	assert rules.decisions_executed([done, rejected]) == []
	assert rules.decisions_executed([done, waiting]) == [Finding.of("M64", 3)]


@pytest.mark.clause("KZ92-15.1", "KZ92-15.2")
def test_referral_says_who_why_and_to_whom():
	assert rules.referral_subject("Learner", "Себебі", False) == []
	assert codes(rules.referral_subject("Both", "Себебі", False)) == ["M65"]
	assert codes(rules.referral_subject("Learner", "", True)) == ["M65"]
	assert rules.referral_support("Жеке сабақтар") == []
	assert rules.referral_support(" ") == [Finding.of("A21", Label("Support Already Given"))]
	assert (
		codes(rules.referral_addressee(True, None))
		== codes(rules.referral_addressee(False, "Басқарма"))
		== ["M34"]
	)


@pytest.mark.parametrize(
	("subject", "decision", "adopted", "expected"),
	[
		("Learner", rules.Decision(1, "DK2", "Мәтін", learner="L", centre="C"), True, []),
		("Learner", rules.Decision(1, "DK2", "Мәтін", learner="L", centre="C"), False, ["M32"]),
		("Learner", rules.Decision(1, "DK2", "Мәтін", learner="X", centre="C"), True, ["M32"]),
		("Both", rules.Decision(1, "DK2", "Мәтін", learner="L", centre="C"), True, ["M32"]),
		("Learner", rules.Decision(1, "DK2", "Мәтін", learner="L", centre="X"), True, ["M32"]),
		("Learner", rules.Decision(1, "DK9", "Мәтін", learner="L", centre="C"), True, ["M32"]),
		("Learner", None, False, ["M32"]),
	],
)
@pytest.mark.clause("KZ92-15.1")
def test_referral_stands_on_an_adopted_decision(subject, decision, adopted, expected):
	assert codes(rules.referral_decision(subject, "L", "R", "C", decision, adopted, "Бала")) == expected


def test_sending_and_answer():
	assert codes(rules.referral_sender(False, False)) == ["M33"]
	assert rules.referral_sender(True, False) == rules.referral_sender(False, True) == []
	assert codes(rules.representative_agreed("Both", None)) == ["M66"]
	assert rules.representative_agreed("Learner", None) == []
	assert codes(rules.centre_result(DAY, "Нәтиже", "")) == ["M67"]


def test_edition_warns_outside_its_time():
	assert rules.edition_in_force(DAY, date(2025, 5, 11), None) == []
	assert rules.edition_in_force(date(2025, 5, 10), date(2025, 5, 11), None)[0].warning
	assert codes(rules.edition_in_force(DAY, None, date(2023, 1, 30))) == ["M55"]


def test_reason_and_dependants():
	assert codes(rules.reason_given("  ")) == ["M42"]
	assert rules.reason_given("Себебі бар") == []
	assert rules.depends("M61", ["PRG-1", "PRG-2"]) == [Finding.of("M61", "PRG-1, PRG-2")]
	assert rules.depends("M62", []) == []
