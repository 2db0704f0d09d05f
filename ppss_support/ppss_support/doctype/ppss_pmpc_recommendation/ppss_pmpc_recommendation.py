from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.decisions import executed_for_pmpc
from ppss_support.controllers.dependants import relying_on_basis
from ppss_support.controllers.paper import Paper
from ppss_support.regulation import rules
from ppss_support.regulation.finding import Finding


class PPSSPMPCRecommendation(Paper):
	"""Conclusion and recommendation of the consultation (PMPC), recorded from its paper (KZ92-13.7)."""

	FEATURE = "order92_documents"
	VERIFY = (states.RECORDED, states.VERIFIED)
	CANCEL = (states.VERIFIED, states.CANCELLED)

	GUARDS = {VERIFY: ("record_complete",), CANCEL: ("nothing_relies",)}
	EFFECTS = {VERIFY: ("decisions_executed", "move_case"), CANCEL: ("move_case",)}
	REASONS = frozenset({CANCEL})
	OPEN_FIELDS = frozenset({"file", "archive_index", "print_language"})

	def check_always(self) -> list[Finding]:
		"""What is verified stays complete: its scan may be replaced, not taken away."""
		return self.record_complete() if self.docstatus == 1 and not self.get_step() else []

	def record_complete(self) -> list[Finding]:
		day = getdate(self.date) if self.date else None
		return rules.pmpc_record(self.number, day, self.conclusion, len(self.recommendations), self.file)

	def nothing_relies(self) -> list[Finding]:
		return rules.depends(
			"M62", relying_on_basis(self.doctype, self.name) + facts.assessments_on_pmpc(self.name)
		)

	def decisions_executed(self):
		executed_for_pmpc(self)

	def move_case(self):
		facts.refresh_stages(learner=self.learner)
