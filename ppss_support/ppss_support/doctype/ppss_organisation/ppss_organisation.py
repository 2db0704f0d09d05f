import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import facts, norm_facts
from ppss_support.answers import answer
from ppss_support.controllers.remarks import write
from ppss_support.regulation import attachments, profiles
from ppss_support.regulation.editions import day_before
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.rules import reason_given

# Settings that choose between readings of the law, and the clause each reads.
SETTINGS = {
	"regulation_profile": "KZ92-0.1",
	"profile_from": "KZ92-0.5",
	"special_pedagogue_cap": "KZ92-21.1",
	"quorum_percent": "KZ92-4.1",
	"consent_valid_months": "KZ92-11.1",
	"deputy_confirms_own": "KZ92-4.3",
	"deputy_overrides_size": "KZ92-16.2",
	"group_size_binds_all": "KZ92-16.1",
	"second_learner_allowed": "KZ92-21.2",
	"assessment_renewed": "KZ92-20",
	"crisis_consultation": "KZ92-11.1",
	"withdrawal_ends_access": "KZ92-11.1",
	"optional_features": "own",
}


class PPSSOrganisation(Document):
	"""An education organisation, its regulation profile and its own settings (KZ92-1, KZ92-4.5, ALM-3, ALM-24)."""

	def validate(self):
		self.check_cap()
		self.check_reminders()
		self.check_attachment_kinds()
		self.check_optional_features()
		answer(profiles.for_secondary(self.regulation_profile, [row.term for row in self.levels]))
		self.check_reason()
		self.keep_earlier_profile()

	def on_update(self):
		self.record_changes()

	def on_change(self):
		"""By now the settings as they were are no longer kept in memory."""
		if "assessment_renewed" in self.changed_settings():
			facts.refresh_stages(organisation=self.name)

	def check_cap(self):
		"""Order No 92, cl. 21, gives the cap as a range: the organisation chooses within it (KZ92-21.1, D-3)."""
		norm = norm_facts.norm("SPECIAL_PEDAGOGUE_CASELOAD", self.regulation_profile, getdate())
		if norm and not norm.value_min <= (self.special_pedagogue_cap or 0) <= norm.value_max:
			label = _(self.meta.get_label("special_pedagogue_cap"))
			frappe.throw(
				_("{0}: {1} is given, from {2} to {3} is expected.").format(
					label, self.special_pedagogue_cap, int(norm.value_min), int(norm.value_max)
				)
			)

	def check_reminders(self):
		if not re.fullmatch(r"\s*(\d+(\s*,\s*\d+)*)?\s*", self.assistant_reminder_days or ""):
			label = _(self.meta.get_label("assistant_reminder_days"))
			frappe.throw(_("{0}: whole numbers with commas between them are expected.").format(label))

	def check_attachment_kinds(self):
		unknown = attachments.unknown_kinds(self.attachment_kinds)
		if unknown:
			label = _(self.meta.get_label("attachment_kinds"))
			given, known = ", ".join(unknown), ", ".join(attachments.ENDINGS)
			frappe.throw(_("{0}: {1} is given; expected of these: {2}.").format(label, given, known))

	def check_optional_features(self):
		"""Only what the profile leaves open is chosen here (F.5, F.6)."""
		values = facts.feature_values(self.regulation_profile) if self.regulation_profile else {}
		chosen = [row.feature for row in self.optional_features]
		answer(profiles.chosen(chosen, values, self.regulation_profile))

	def check_reason(self):
		"""A setting is changed with a reason, which stands in the register and not here."""
		if self.changed_settings():
			answer(reason_given(self.settings_reason))
		self.flags.settings_reason, self.settings_reason = self.settings_reason, None

	def keep_earlier_profile(self):
		"""The profile used until now keeps governing what is dated before the change (KZ92-0.5, F.6)."""
		before = self.get_doc_before_save()
		self.set("earlier_profiles", before.earlier_profiles if before else [])
		if not before or before.regulation_profile == self.regulation_profile:
			return
		first = getdate(self.profile_from)
		if first <= getdate(before.profile_from):
			answer([Finding.of("A05", Label("Profile in Use from"), Label("Earlier Profiles"))])
		period = {"from_date": before.profile_from, "to_date": day_before(first)}
		self.append("earlier_profiles", {"regulation_profile": before.regulation_profile, **period})

	def changed_settings(self) -> list[str]:
		before = self.get_doc_before_save()
		return [field for field in SETTINGS if before and differ(self.meta.get_field(field), before, self)]

	def record_changes(self):
		before = self.get_doc_before_save()
		for field in self.changed_settings():
			values = [shown(setting(doc, field)) for doc in (before, self)]
			change = Finding.warn("A47", Label(self.meta.get_label(field)), *values)
			write(self, change, "Changed Setting", self.flags.settings_reason, SETTINGS[field])


def differ(df, left: Document, right: Document) -> bool:
	values = [frappe.utils.cast(df.fieldtype, setting(doc, df.fieldname)) or None for doc in (left, right)]
	return values[0] != values[1]


def setting(doc: Document, field: str):
	"""Return the value of a setting; of a table what is chosen in it."""
	value = doc.get(field)
	return ", ".join(sorted(row.feature for row in value)) if isinstance(value, list) else value


def shown(value) -> str:
	return str(value or "–")
