app_name = "ppss_support"
app_title = "PPSS Support"
app_publisher = "PPSS Support developers"
app_description = "Psychological-pedagogical support service of schools by order No 92"
app_email = "ppss-support@example.org"
app_license = "GPL-3.0-or-later"
app_include_js = [
	"/assets/ppss_support/js/accessible.js",
	"/assets/ppss_support/js/paper.js",
	"/assets/ppss_support/js/lessons.js",
	"/assets/ppss_support/js/calendar.js",
	"/assets/ppss_support/js/reports.js",
	"/assets/ppss_support/js/languages.js",
	"/assets/ppss_support/js/packs.js",
	"/assets/ppss_support/js/board.js",
	"/assets/ppss_support/js/bulk.js",
	"/assets/ppss_support/js/identity.js",
	"/assets/ppss_support/js/retention.js",
	"/assets/ppss_support/js/worklist.js",
	"/assets/ppss_support/js/help.js",
]

# Each calendar shows both; the Desk offers these beside one another.
calendars = ["PPSS Meeting", "PPSS Session"]

after_install = "ppss_support.install.after_install"
after_migrate = "ppss_support.setup.site.prepare"
before_uninstall = "ppss_support.uninstall.before_uninstall"
after_uninstall = "ppss_support.uninstall.after_uninstall"
after_app_install = "ppss_support.setup.payroll_fields.after_app_install"
before_app_uninstall = "ppss_support.setup.payroll_fields.before_app_uninstall"

fixtures = [
	{"dt": "Role", "filters": [["name", "like", "PPSS %"]]},
	{"dt": "Custom HTML Block", "filters": [["name", "like", "PPSS %"]]},
	# Only ours are shipped: see setup/workflows.py
	"Workflow State",
	"Workflow Action Master",
]

before_request = ["ppss_support.gate.stand", "ppss_support.overrides.attached_prints.take_over"]
before_job = ["ppss_support.overrides.attached_prints.take_over"]
after_request = ["ppss_support.gate.note_addresses"]

override_whitelisted_methods = {
	"frappe.client.get": "ppss_support.exits.get",
	"frappe.client.get_count": "ppss_support.exits.get_count",
	"frappe.client.validate_link": "ppss_support.exits.validate_link",
	"frappe.core.api.file.zip_files": "ppss_support.exits.zip_files",
	"frappe.core.doctype.data_import.data_import.download_template": "ppss_support.exits.download_template",
	"frappe.core.doctype.file.file.zip_files": "ppss_support.exits.zip_files",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "ppss_support.gate.chart",
	"frappe.desk.doctype.kanban_board.kanban_board.add_card": "ppss_support.board.add_card",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order": "ppss_support.board.order_cards",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card": "ppss_support.board.move_card",
	"frappe.desk.form.load.get_docinfo": "ppss_support.exits.get_docinfo",
	"frappe.desk.form.load.getdoc": "ppss_support.exits.getdoc",
	"frappe.desk.form.utils.get_next": "ppss_support.exits.get_next",
	"frappe.desk.listview.get_group_by_count": "ppss_support.exits.get_group_by_count",
	"frappe.client.get_password": "ppss_support.identity.get_password",
	"frappe.desk.query_report.export_query": "ppss_support.exits.export_query",
	"frappe.desk.form.assign_to.add": "ppss_support.exits.assign",
	"frappe.desk.form.linked_with.get": "ppss_support.exits.get_linked",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "ppss_support.exits.get_submitted_linked_docs",
	"frappe.desk.query_report.get_data_for_custom_field": "ppss_support.exits.get_data_for_custom_field",
	"frappe.desk.search.get_link_title": "ppss_support.exits.get_link_title",
	"frappe.desk.search.get_names_for_mentions": "ppss_support.exits.get_names_for_mentions",
	"frappe.model.workflow.bulk_workflow_approval": "ppss_support.bulk.doors.take_steps",
	"frappe.model.workflow.apply_workflow": "ppss_support.controllers.steps.apply_workflow",
	"frappe.utils.print_format.download_pdf": "ppss_support.papers.download_pdf",
	"frappe.utils.print_format.download_multi_pdf": "ppss_support.papers.download_multi_pdf",
}

# The setup wizard begins the list of what the search bar finds anew from here.
global_search_doctypes = {"Default": [{"doctype": "PPSS Position"}]}
override_doctype_class = {"File": "ppss_support.overrides.file.PPSSFile"}

# DocTypes with a choice of terms, in a field or in a table.
doc_events = {
	"*": {
		"before_validate": "ppss_support.texts.keep_texts",
		"validate": [
			"ppss_support.gate.written_as_it_stands",
			"ppss_support.gate.attached_are_ones_own",
		],
		"before_update_after_submit": [
			"ppss_support.gate.written_as_it_stands",
			"ppss_support.texts.keep_texts",
		],
		"before_cancel": ["ppss_support.gate.written_as_it_stands", "ppss_support.texts.keep_texts"],
	},
	"Kanban Board": {"validate": "ppss_support.board.keep_no_order"},
	"View Log": {"before_insert": "ppss_support.gate.note_address"},
	(
		"PPSS Activity",
		"PPSS Annual Plan",
		"PPSS Assessment Part",
		"PPSS Assistant Assignment",
		"PPSS Class",
		"PPSS Document Type",
		"PPSS Journal Line",
		"PPSS Journal Volume",
		"PPSS Learner",
		"PPSS Meeting",
		"PPSS Method",
		"PPSS Needs Assessment",
		"PPSS Norm",
		"PPSS Organisation",
		"PPSS PMPC Recommendation",
		"PPSS Partner Organisation",
		"PPSS Pay Parameter",
		"PPSS Pay Sheet",
		"PPSS Position",
		"PPSS Programme",
		"PPSS Provision",
		"PPSS Qualification",
		"PPSS Regulation Profile",
		"PPSS Request",
		"PPSS Service Paper",
		"PPSS Session",
		"PPSS Session Group",
		"PPSS Specialist",
		"PPSS Support Case",
		"PPSS Support Order",
	): {"before_validate": "ppss_support.term_fields.check_kinds"},
	**{
		doctype: {"validate": "ppss_support.gate.hung_on_what_is_read"}
		for doctype in ("Communication", "Document Follow", "Reminder", "Tag Link", "ToDo")
	},
	"PPSS Appointment": {
		"validate": "ppss_support.payroll.closed.appointment_validate",
		"on_trash": "ppss_support.payroll.closed.appointment_on_trash",
	},
	"PPSS Session": {"before_cancel": "ppss_support.payroll.closed.session_before_cancel"},
	(
		"PPSS Activity",
		"PPSS Consent",
		"PPSS Document Type",
		"PPSS Ethics Acknowledgement",
		"PPSS Meeting",
		"PPSS Method",
		"PPSS PMPC Recommendation",
		"PPSS Programme",
		"PPSS Provision",
		"PPSS Service Paper",
		"PPSS Specialist",
		"PPSS Support Order",
		"PPSS Term",
	): {
		"validate": "ppss_support.attachments.check_document",
		"before_update_after_submit": "ppss_support.attachments.check_document",
	},
	"File": {
		"validate": [
			"ppss_support.archive.guards.file_validate",
			"ppss_support.gate.hung_on_what_is_read",
			"ppss_support.gate.file_of_ones_own",
		],
		"on_trash": "ppss_support.archive.guards.file_on_trash",
	},
}

# Registers name papers and do not keep them from being struck out, or cancelled by their own rules.
ignore_links_on_delete = ["PPSS Override", "PPSS Archive Entry", "PPSS Freezing", "PPSS Journal Line"]

permission_query_conditions = {
	"Document Follow": "ppss_support.sight.document_follow_query",
	"Energy Point Log": "ppss_support.sight.energy_point_query",
	"File": "ppss_support.attachments.query",
	"Tag Link": "ppss_support.sight.tag_link_query",
	"User": "ppss_support.sight.user_query",
	"Workflow Action": "ppss_support.sight.workflow_action_query",
	"PPSS Learner": "ppss_support.permissions.learner_query",
	"PPSS Representative": "ppss_support.permissions.representative_query",
	"PPSS Support Case": "ppss_support.permissions.support_case_query",
	"PPSS Consent": "ppss_support.permissions.consent_query",
	"PPSS PMPC Recommendation": "ppss_support.permissions.pmpc_recommendation_query",
	"PPSS Needs Assessment": "ppss_support.permissions.needs_assessment_query",
	"PPSS Assessment Part": "ppss_support.permissions.assessment_part_query",
	"PPSS Programme": "ppss_support.permissions.programme_query",
	"PPSS Referral": "ppss_support.permissions.referral_query",
	"PPSS Assistant Assignment": "ppss_support.permissions.assistant_assignment_query",
	"PPSS Ethics Acknowledgement": "ppss_support.permissions.ethics_acknowledgement_query",
	"PPSS Session": "ppss_support.permissions.session_query",
	"PPSS Session Group": "ppss_support.permissions.session_group_query",
	"PPSS Activity": "ppss_support.permissions.activity_query",
	"PPSS Request": "ppss_support.permissions.request_query",
	"PPSS Service Paper": "ppss_support.permissions.service_paper_query",
	"PPSS Provision": "ppss_support.permissions.provision_query",
	"PPSS Appointment": "ppss_support.permissions.appointment_query",
	"PPSS Qualification": "ppss_support.permissions.qualification_query",
	"PPSS Archive Entry": "ppss_support.permissions.archive_entry_query",
	"PPSS Freezing": "ppss_support.permissions.freezing_query",
}
has_permission = {
	**{
		doctype: "ppss_support.permissions.has_permission"
		for doctype in permission_query_conditions
		if doctype.startswith("PPSS ")
	},
	**dict.fromkeys(
		("Document Follow", "Energy Point Log", "Tag Link", "Workflow Action"),
		"ppss_support.sight.has_permission",
	),
	"File": "ppss_support.attachments.has_permission",
	"PPSS Pack": "ppss_support.permissions.pack_has_permission",
	"PPSS Representative": "ppss_support.permissions.representative_has_permission",
	"PPSS Document Type": "ppss_support.permissions.document_type_has_permission",
	"PPSS Ethics Acknowledgement": "ppss_support.permissions.acknowledgement_has_permission",
	"PPSS Meeting": "ppss_support.permissions.meeting_has_permission",
	"PPSS Session": "ppss_support.permissions.lesson_has_permission",
	"PPSS Session Group": "ppss_support.permissions.lesson_has_permission",
	"PPSS Activity": "ppss_support.permissions.activity_has_permission",
	"PPSS Request": "ppss_support.permissions.request_has_permission",
	"PPSS Service Paper": "ppss_support.permissions.service_paper_has_permission",
	"PPSS Provision": "ppss_support.permissions.provision_has_permission",
	"PPSS Appointment": "ppss_support.permissions.own_file_has_permission",
	"PPSS Qualification": "ppss_support.permissions.own_file_has_permission",
	"PPSS Archive Entry": "ppss_support.permissions.register_has_permission",
	"PPSS Freezing": "ppss_support.permissions.register_has_permission",
}

# Everything under /parents; see parents/page.py
page_renderer = ["ppss_support.parents.page.ParentsPage"]
auth_hooks = ["ppss_support.parents.gate.keep_to_page"]
role_home_page = {"PPSS Parent": "parents"}
portal_menu_items = [{"title": "Support of My Child", "route": "/parents", "role": "PPSS Parent"}]

jinja = {
	"methods": ["ppss_support.print_views.ppss_paper"],
	"filters": ["ppss_support.print_helpers.ppss_kept_together"],
}

# A job each: what stops one of them leaves the others their turn.
scheduler_events = {
	"daily": [
		"ppss_support.tasks.expire_consents",
		"ppss_support.tasks.expire_pmpc_papers",
		"ppss_support.tasks.pass_on_responsibility",
		"ppss_support.tasks.close_lists",
		"ppss_support.tasks.end_programmes",
		"ppss_support.tasks.end_assignments",
		"ppss_support.reminders.job.send_due",
		"ppss_support.packs.jobs.expire",
		"ppss_support.entering.import_jobs.expire",
	],
	"cron": {
		"*/5 * * * *": ["ppss_support.archive.freezing.work_off_waiting", "ppss_support.packs.jobs.take_up"],
		"*/15 * * * *": [
			"ppss_support.retention.execute.take_up",
			"ppss_support.data_requests.take_up",
			"ppss_support.entering.import_jobs.take_up",
		],
	},
}
