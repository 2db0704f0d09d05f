from ppss_support.entering.attempts import need
from ppss_support.entering.people import Entrant, Register, parts_of, term_names
from ppss_support.importing.headers import words
from ppss_support.importing.parsing import NAME_PARTS, Entry
from ppss_support.importing.values import key_of
from ppss_support.names import full_name
from ppss_support.regulation.finding import Finding, Label

FIELDS = ("full_name", "position", "position_ru")


class Specialists(Entrant):
	"""Members of staff; a login is not made from a list."""

	DOCTYPE = "PPSS Specialist"
	NEEDED = ("surname", "given_name", "position")

	def __init__(self, doc):
		super().__init__(doc)
		self.known = Register(self.DOCTYPE, doc.organisation, FIELDS)
		self.roles = role_names()

	def refresh(self):
		self.known.refresh()

	def enter(self, entry: Entry) -> str:
		record = self.known.record_of(entry.person)
		values = {name: entry.values[name] for name in ("position", "position_ru") if entry.values.get(name)}
		values["full_name"] = full_name(*(entry.values.get(name) for name in NAME_PARTS))
		if entry.values.get("identity_number"):
			values["identity_number"] = entry.values["identity_number"]
		roles = self.roles_of(entry, new=not record)
		if record:
			return self.update(record, self.changes(record, values, roles))
		self.needed(entry)
		return self.insert({**values, "roles": [{"term": role} for role in roles]})

	def roles_of(self, entry: Entry, new: bool) -> list[str]:
		"""Return the roles the row names, for a new record without any those its position goes by."""
		given = entry.values.get("roles")
		if not given and not new:
			return []
		parts = parts_of(given or entry.values.get("position"))
		named = [(part, self.roles.get(key_of(part)) or self.begins_with(key_of(part))) for part in parts]
		unknown = [part for part, role in named if not role]
		need("roles" if given else "position", [Finding.of("A148", one, Label("Role")) for one in unknown])
		return list(dict.fromkeys(role for _part, role in named))

	def begins_with(self, key: str) -> str | None:
		"""Return the role of "учитель математики" or "математика мұғалімі": the longest name it begins or ends with."""
		fitting = [name for name in self.roles if key.startswith(f"{name} ") or key.endswith(f" {name}")]
		return self.roles[max(fitting, key=len)] if fitting else None

	def changes(self, record: str, values: dict, roles: list[str]) -> dict:
		row, person = self.known.rows[record], self.known.people[record]
		changed = {
			name: text
			for name, text in values.items()
			if name in FIELDS and key_of(text) != key_of(row[name] or "")
		}
		# A patronymic that the row leaves out stays.
		if person.name_key.startswith(f"{key_of(values['full_name'])} "):
			changed.pop("full_name", None)
		if values.get("identity_number", person.number) != person.number:
			changed["identity_number"] = values["identity_number"]
		if roles:
			changed |= self.terms_changed(record, "roles", roles)
		return changed


def role_names() -> dict[str, str]:
	"""Return role by its names: code, labels of its term, and what schools write."""
	named = term_names("Role")
	usual = words()["roles"].items()
	return {**named, **{key_of(text): role for role, texts in usual for text in texts}}
