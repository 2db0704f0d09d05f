"""Which kind of term each field takes: a category is no role, wherever a paper comes from (requirements A.4)."""

ROLE, IMPAIRMENT = frozenset({"Role"}), frozenset({"Impairment"})
LESSON_FORM, CONTENT_OF_DIRECTION = frozenset({"Session Form"}), frozenset({"Direction Content"})
# Field -> kinds; a field of the same name takes the same kinds in every DocType but those named below.
KINDS_OF_FIELD: dict[str, frozenset[str]] = {
	"approver": ROLE,
	"asker_group": frozenset({"Work Group"}),
	"aspect": frozenset({"Aspect"}),
	"audience": frozenset({"Work Group"}),
	"categories": frozenset({"Category"}),
	"category_details": frozenset({"Category Detail"}),
	"condition": frozenset({"Special Condition"}),
	"content": frozenset({"Content"}),
	"direction": frozenset({"Direction"}),
	"cycle_step": frozenset({"Cycle Step"}),
	"disciplines_involved": ROLE,
	"education_direction": frozenset({"Education Direction"}),
	"end_reason": frozenset({"End Reason"}),
	"feature": IMPAIRMENT,
	"form": LESSON_FORM,
	"gap_kinds": frozenset({"Gap"}),
	"goal": frozenset({"Content Goal"}),
	"impairment": IMPAIRMENT,
	"impairments": IMPAIRMENT,
	"journal": frozenset({"Journal"}),
	"level": frozenset({"Level"}),
	"level_objective": frozenset({"Level Objective"}),
	"levels": frozenset({"Level"}),
	"material": frozenset({"Material"}),
	"need_duration": frozenset({"Need Duration"}),
	"objective": frozenset({"Level Objective"}),
	"overview_direction": frozenset({"Direction"}),
	"owner_role": ROLE,
	"problem_theme": frozenset({"Problem Theme"}),
	"provider_role": ROLE,
	"purposes": CONTENT_OF_DIRECTION,
	"qualification_category": frozenset({"Qualification Category"}),
	"report_period": frozenset({"Report Period"}),
	"responsibility_area": frozenset({"Responsibility Area"}),
	"role": ROLE,
	"role_in_service": ROLE,
	"roles": ROLE,
	"service_roles": ROLE,
	"session_form": LESSON_FORM,
	"setting": frozenset({"Setting"}),
	"source_condition": frozenset({"Special Condition"}),
	"tasks": frozenset({"Task"}),
	"term": frozenset({"Document"}),
	"theme": CONTENT_OF_DIRECTION,
	"to_role": ROLE,
	"work_groups": frozenset({"Work Group"}),
	"work_kind": frozenset({"Work Kind"}),
}
KINDS_OF: dict[tuple[str, str], frozenset[str]] = {
	("PPSS Activity", "kind"): frozenset({"Activity Kind"}),
	("PPSS Annual Plan Row", "kind"): frozenset({"Activity Kind", "Session Form"}),
	("PPSS Journal Volume", "kind"): frozenset({"Journal"}),
	("PPSS Meeting Decision", "kind"): frozenset({"Decision Kind"}),
	("PPSS Partner Organisation", "kind"): frozenset({"Partner Kind"}),
	("PPSS Provision", "code"): frozenset({"Special Condition", "Content", "Material", "Accessibility"}),
	("PPSS Session Group", "kind"): LESSON_FORM,
}


def kinds_of(doctype: str, field: str) -> frozenset[str] | None:
	"""Return the kinds a field takes; None: its terms are judged by a rule of their own."""
	return KINDS_OF.get((doctype, field)) or KINDS_OF_FIELD.get(field)
