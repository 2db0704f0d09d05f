"""Pay of the demo school: invented parameters, the tariff list of the year and last month's sheet, closed."""

from datetime import timedelta

from ppss_support.demo.hands import make, take
from ppss_support.demo.school import School

BASIS = "ДЕМО: ойдан алынған мән, ешбір актіден алынбаған"
# Invented figures: what each position gets, and what is added for a category.
COEFFICIENTS = {"3.4": 5.2, "3.5": 5.1, "3.9": 4.2, "3.10": 4.3, "3.11": 3.4, "3.12": 4.0, "3.13": 4.0}
CATEGORIES = {"QC2": 30, "QC3": 35, "QC4": 40, "QC5": 50}


def add():
	school = School().read()
	with school.acting("ACC1"):
		for values in parameters():
			own = {"organisation": school.organisation, "from_date": school.last_year_first, "basis": BASIS}
			make("PPSS Pay Parameter", **own, **values)
	last_month = school.calendar.today.replace(day=1) - timedelta(days=1)
	write(school, "Tariff List", school.calendar.year.first)
	write(school, "Monthly Pay Sheet", last_month)


def parameters() -> list[dict]:
	return [
		{"kind": "Base Rate", "value": 17697},
		{"kind": "Working Days a Week", "value": 5},
		*({"kind": "Coefficient", "position": one, "value": value} for one, value in COEFFICIENTS.items()),
		*(
			{"kind": "Category Surcharge", "qualification_category": one, "value": value}
			for one, value in CATEGORIES.items()
		),
		{
			"kind": "Surcharge of Base Rate",
			"title": "Ерекше білім беру қажеттілігі бар балалармен жұмыс",
			"position": "3.10",
			"value": 40,
		},
	]


def write(school: School, kind: str, day):
	"""Make a sheet as the accountant, close it as the head."""
	with school.acting("ACC1"):
		sheet = make("PPSS Pay Sheet", organisation=school.organisation, kind=kind, date=day)
		sheet = take(sheet, "Submit to Head")
	with school.acting("HEAD1"):
		return take(sheet, "Close")
