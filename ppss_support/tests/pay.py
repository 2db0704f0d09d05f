"""Makes what pay is computed from: parameters of the accountant, appointments past the rules of the staffing table."""

import frappe

from ppss_support.payroll import inputs
from ppss_support.tests.factories import School, make, take
from ppss_support.tests.world import row

FIRST, MONTH = "2025-09-01", "2025-10-15"
POSITION = {"SPE": "3.10", "PSY": "3.9", "AST": "3.11"}
PARAMETERS = (
	{"kind": "Base Rate", "value": 17697},
	{"kind": "Working Days a Week", "value": 5},
	{"kind": "Working Day", "value": 0, "from_date": "2025-10-27"},
	{"kind": "Coefficient", "value": 4.1, "position": POSITION["SPE"]},
	{"kind": "Coefficient", "value": 4.45, "position": POSITION["SPE"], "qualification_category": "QC3"},
	{"kind": "Coefficient", "value": 4.22, "position": POSITION["PSY"]},
	{"kind": "Coefficient", "value": 3.25, "position": POSITION["AST"]},
	{"kind": "Category Surcharge", "value": 35, "qualification_category": "QC3"},
	{"kind": "Paid by Assignments", "value": 1, "position": POSITION["AST"]},
)
# Full unit of the special pedagogue whose category ends on 15 October, half a unit of the psychologist (docs/payroll.md).
SPE_PAY, PSY_PAY = 89436.22, 37340.67


def parameter_values(school: School, **values) -> dict:
	return {"organisation": school.organisation, "from_date": FIRST, "basis": "Мысал", **values}


def make_parameters(school: School, *kinds: str):
	"""Enter those of the parameters that are of these kinds."""
	with school.acting("ACC"):
		for values in PARAMETERS:
			if values["kind"] in kinds:
				make(inputs.PARAMETER, **parameter_values(school, **values))


def make_base(school: School):
	make_parameters(school, "Base Rate", "Working Days a Week")


def make_rivals(school: School):
	"""Enter two coefficients that describe a special pedagogue equally well."""
	row(
		"PPSS Qualification",
		specialist=school.staff["SPE"],
		education=[{"level": "Higher", "kind": "Pedagogical"}],
	)
	with school.acting("ACC"):
		for condition in ({"position": POSITION["SPE"]}, {"education": "Higher"}):
			make(inputs.PARAMETER, **parameter_values(school, kind="Coefficient", value=3, **condition))


def appoint(school: School, key: str, position: str, units: float = 1, **values):
	return row(
		inputs.APPOINTMENT,
		organisation=school.organisation,
		specialist=school.staff[key],
		specialist_name=frappe.db.get_value("PPSS Specialist", school.staff[key], "full_name"),
		position=POSITION[position],
		units=units,
		**{
			"kind": "Main",
			"from_date": FIRST,
			"basis_order_no": "7",
			"basis_order_date": FIRST,
			**values,
		},
	)


def appoint_one(school: School):
	appoint(school, "SPE", "SPE")


def staffed(school: School):
	"""Enter parameters and appointments once for a school."""
	make_parameters(school, *(values["kind"] for values in PARAMETERS))
	appoint(school, "SPE", "SPE")
	appoint(school, "PSY", "PSY", 0.5)
	category = {"qualification_category": "QC3", "from_date": "2020-10-16", "to_date": "2025-10-15"}
	row("PPSS Qualification", specialist=school.staff["SPE"], categories=[category])
	return school


def sheet_values(school: School, **values) -> dict:
	return {"organisation": school.organisation, "kind": inputs.MONTHLY, "date": MONTH, **values}


def sheet(school: School, state: str = "Draft", **values):
	with school.acting("ACC"):
		paper = make(inputs.SHEET, **sheet_values(school, **values))
	return school.move(paper, state, ("ACC", "Submit to Head"), ("HEAD", "Close"))


def reopen(school: School, paper):
	"""Reopen a closed sheet and return its next version."""
	with school.acting("HEAD"):
		take(paper, "Reopen", "Қайта есептеу")
	return frappe.get_doc(inputs.SHEET, {"amended_from": paper.name})
