"""Says how a figure of a sheet was computed, in the reader's language: its factors and the parameters with their dates."""

from decimal import Decimal

from frappe import _

from ppss_support.payroll.figures import unpacked
from ppss_support.print_helpers import short_date
from ppss_support.regulation import pay

# Spaces between thousands that do not break a line.
SPACE = "\N{NO-BREAK SPACE}"


def explained(row) -> list[dict]:
	"""Return what each figure of a row is, how it is computed, what it comes to and what it rests on."""
	return [
		{
			"component": label_of(part),
			"days": " – ".join(dict.fromkeys(map(short_date, (part["from"], part.to)))),
			"formula": formula(part),
			"amount": money(part.amount),
			"parameters": "; ".join(map(source, part.parameters)),
		}
		for part in unpacked(row)
	]


def label_of(part) -> str:
	name = _("Official Salary") if part.component == pay.SALARY else _(part.component)
	return f"{name}: {part.title}" if part.title else name


def formula(part) -> str:
	"""Return the factors as they are multiplied: "17 697,00 × 4,1 × 0,5 × 10 of 22 working days"."""
	by_kind = {one["kind"]: one for one in part.parameters}
	factors = [money(by_kind[pay.BASE]["value"])]
	if pay.COEFFICIENT in by_kind:
		factors.append(number(by_kind[pay.COEFFICIENT]["value"]))
	factors.append(number(part.units))
	factors += [f"{number(one['value'])}%" for one in part.parameters if one["kind"] in pay.PERCENT_KINDS]
	return " × ".join([*factors, *share(part)])


def share(part) -> list[str]:
	worked, norm = Decimal(part.worked), Decimal(part.norm)
	if part.by_hours:
		# The norm holds the units that share the lessons.
		return [_("{0} of {1} hours").format(number(worked / pay.MINUTES), number(norm / pay.MINUTES))]
	if part["from"] == part.to and norm == worked == 1:
		return []
	return [_("{0} of {1} working days").format(number(worked), number(norm))]


def source(one: dict) -> str:
	"""Return a parameter with its value, first day and basis."""
	name = f"{_(one['kind'])} ({one['title']})" if one["title"] else _(one["kind"])
	since = _("from {0}").format(short_date(one["from"]))
	return f"{name} {number(one['value'])} {since}, {one['basis']}"


def money(value) -> str:
	return localised(f"{Decimal(str(value)):,.2f}")


def number(value) -> str:
	"""Return a number with at most four decimals and none that say nothing."""
	text = f"{round(Decimal(str(value)), 4):,f}"
	return localised(text.rstrip("0").rstrip(".") if "." in text else text)


def localised(text: str) -> str:
	"""Write a number as in Kazakh and Russian; the app has no other language in which pay is written."""
	return text.replace(",", SPACE).replace(".", ",")
