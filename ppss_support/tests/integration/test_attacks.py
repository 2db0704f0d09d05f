"""Calls no button makes: forged fields, rows of other papers, SQL, templates and scripts in texts, names tried out."""

import json
import os
import re

import frappe
import pytest
from frappe.utils import today

from ppss_support import papers
from ppss_support.tests import exits
from ppss_support.tests.factories import make
from ppss_support.tests.files import PDF
from ppss_support.tests.guards import check_ok, fresh
from ppss_support.tests.parents import give_login
from ppss_support.tests.world import make_world

pytestmark = pytest.mark.clause("KZ92-5.5")
CONSENT, LEARNER, REFERRAL, CASE = "PPSS Consent", "PPSS Learner", "PPSS Referral", "PPSS Support Case"
TEXTS = ("Data", "Small Text", "Text", "Long Text", "Text Editor")
SQL = "'; drop table `tabPPSS Norm`; -- \" or 1=1 #"
TEMPLATE = "{{ 7 * 7 }}{% raw %}${7*7}<%= 7*7 %>"
SCRIPT = "<script>alert(92)</script><img src=x onerror=alert(92)>"


@pytest.fixture(scope="module")
def world(connected):
	connected.db.rollback()
	made = make_world()
	connected.db.commit()
	return made


# ---- names tried out


def test_a_paper_out_of_reach_is_answered_like_one_that_is_not_there(world, rest):
	client = rest(world.school.users["TCH"])
	for doctype in (CONSENT, LEARNER, "PPSS Programme"):
		name = world.far[doctype]
		for ours, none in zip(exits.single(doctype, name), exits.single(doctype, absent(name)), strict=True):
			there, missing = exits.sent(client, *ours), exits.sent(client, *none)
			assert (there.status, there.data) == (missing.status, missing.data), ours
			assert name not in str(there.body) or ours[0] == "PUT", ours


def absent(name: str) -> str:
	"""Return the name of a paper that does not exist, of the same form."""
	return re.sub(r"\d+$", lambda digits: "9" * len(digits[0]), name)


@pytest.mark.parametrize("given", [{"filters": {"surname": "Әлиев"}}, {"name": {"surname": "Әлиев"}}])
def test_conditions_find_no_child_out_of_reach(world, rest, given):
	accountant = rest(world.school.users["ACC"])
	assert accountant.method("frappe.client.get", doctype=LEARNER, **given).status == 403
	name = frappe.db.get_value(LEARNER, world.far[LEARNER], "given_name")
	given = json.loads(
		json.dumps(given)
		.replace("surname", "given_name")
		.replace("\\u04d8\\u043b\\u0438\\u0435\\u0432", name)
	)
	teacher = rest(world.school.users["TCH"])
	assert teacher.method("frappe.client.get", doctype=LEARNER, **given).status == 403


def test_no_list_of_the_framework_names_a_child_out_of_reach(world, rest):
	"""Comments, letters, tasks, notices, versions, views, shares and files about a child are rows of the framework's own."""
	leave_traces(world)
	told = {*world.far.values(), frappe.db.get_value(LEARNER, world.far[LEARNER], "given_name")}
	told -= {name for name in told if name in world.near.values()}
	kinds = {"istable": 0, "issingle": 0, "is_virtual": 0, "module": ("!=", "PPSS Support")}
	kinds, asked = frappe.get_all("DocType", kinds, pluck="name"), 0
	for school, key in ((world.school, "ACC"), (world.school, "AST"), (world.abroad, "DEP")):
		client = rest(school.users[key])
		for kind in kinds:
			if not frappe.has_permission(kind, "read", user=client.user):
				continue
			answer = client.call("GET", f"/api/resource/{kind}", fields='["*"]', limit_page_length=0)
			assert not exits.told(answer.body, told), (key, kind, exits.told(answer.body, told))
			asked += answer.ok
	assert asked > 20


def test_people_of_another_school_and_parents_are_not_offered(world, rest):
	client, own = rest(world.abroad.users["DEP"]), world.abroad.users["PSY"]
	parent = give_login(world.near["PPSS Representative"])
	search, given = "frappe.desk.search.search_link", {"doctype": "User", "txt": "", "page_length": 2000}
	answers = [
		client.method(search, **given),
		client.method(search, **given, filters=json.dumps({"ignore_user_type": 1})),
		client.method(search, **given, query="frappe.core.doctype.user.user.user_query"),
		client.method("frappe.desk.search.get_names_for_mentions", search_term=""),
	]
	for answer in answers:
		assert answer.ok and exits.told(answer.body, {own}), answer
		assert not exits.told(answer.body, {parent, *world.school.users.values()})


def leave_traces(world):
	"""Do with the far child what its team does day by day: comment, assign, tag, share, write a letter, save anew."""
	school, name = world.school, world.far[LEARNER]
	child = frappe.get_doc(LEARNER, name)
	with school.acting("DEP"):
		child.add_comment("Comment", f"{child.full_name}: пікір")
		child.add_tag("Қолдау")
		child.add_viewed()
		child.save()
		frappe.desk.form.assign_to.add(
			{"assign_to": [school.users["PSY2"]], "doctype": LEARNER, "name": name}
		)
	frappe.share.add(LEARNER, name, school.users["PSY2"], read=1)
	about = {"reference_doctype": LEARNER, "reference_name": name, "subject": child.full_name}
	frappe.get_doc({"doctype": "Communication", **about, "content": child.full_name}).insert()
	frappe.db.commit()


def test_methods_put_in_place_of_the_frameworks_answer(world, rest):
	"""A method that stands for another one of the framework is open to calls as that one is."""
	for theirs, (*_others, ours) in frappe.get_hooks("override_whitelisted_methods").items():
		assert not ours.startswith("ppss_support.") or frappe.get_attr(ours) in frappe.whitelisted, theirs
	given = {
		"doctype": LEARNER,
		"name": world.near[LEARNER],
		"assign_to": json.dumps([world.school.users["PSY"]]),
	}
	check_ok(rest(world.school.users["DEP"]).method("frappe.desk.form.assign_to.add", **given))


# ---- lists that ask too much


@pytest.mark.parametrize(
	"given",
	[
		{"filters": ["1=1) or (1=1"]},
		{"filters": [["name", "=", "x"], "1=1) or (1=1"]},
		{"filters": [[CONSENT, "ifnull(1,0)=1 or 1", "=", "1"]]},
		{"filters": {"ifnull(1,0)=1 or 1": 1}},
		{"or_filters": ["1=1) or (1=1"]},
		{"order_by": "(select learner from `tabPPSS Consent` limit 1)"},
		{"order_by": "if(docstatus=1,name,owner)"},
		{"group_by": "name having sleep(1)"},
		{"fields": ["name, learner"]},
		{"fields": ["(select max(name) from `tabPPSS Learner`)"]},
		{"fields": ["learner.birth_date"]},
		{"fields": ["extractvalue(1, concat(0x7e, version()))"]},
	],
)
def test_lists_take_columns_and_no_sql(world, rest, given):
	client = rest(world.school.users["TCH"])
	for method in ("frappe.client.get_list", "frappe.desk.reportview.get", "frappe.desk.reportview.get_list"):
		answer = client.method(method, doctype=CONSENT, **given)
		assert not answer.ok or not exits.told(answer.body, {world.far[CONSENT]}), answer
		assert not answer.ok or "fields" in given, answer
	answer = client.call("GET", f"/api/resource/{CONSENT}", **{k: json.dumps(v) for k, v in given.items()})
	assert not answer.ok


def test_another_path_does_not_lead_past_the_gate(world, rest):
	client = rest(world.school.users["TCH"])
	counted = {"cmd": "frappe.desk.doctype.tag.tag.get_tagged_docs", "doctype": CONSENT, "tag": ""}
	for path in (
		"/",
		"/api/resource/PPSS Term/PSY",
		"/printview",
		"/api/method/ppss_support.packs.doors.kinds",
	):
		assert client.call("GET", path, **counted).status == 403, path


@pytest.mark.parametrize(
	("method", "given"),
	[
		("frappe.client.get_list", {"filters": {"reason": ["like", "%"]}}),
		("frappe.client.get_list", {"order_by": "reason desc"}),
		("frappe.client.get_count", {"filters": {"reason": ["like", "%"]}}),
		("frappe.client.get_value", {"filters": {"reason": ["like", "%"]}, "fieldname": "name"}),
		("frappe.desk.reportview.get", {"filters": [[REFERRAL, "reason", "like", "%"]], "fields": ["name"]}),
		("frappe.desk.reportview.get_count", {"filters": [[REFERRAL, "reason", "like", "%"]]}),
		("frappe.desk.listview.get_group_by_count", {"current_filters": "[]", "field": "reason"}),
		("frappe.desk.reportview.get_sidebar_stats", {"stats": '["reason"]'}),
		("frappe.desk.search.search_link", {"txt": "", "filters": {"reason": ["like", "%"]}}),
		("frappe.desk.search.search_widget", {"txt": "", "searchfield": "reason"}),
	],
)
def test_a_column_above_the_level_is_not_told_by_yes_and_no(world, rest, method, given):
	assert rest(world.school.users["ADM"]).method(method, doctype=REFERRAL, **given).status == 403
	assert rest(world.school.users["DEP"]).method(method, doctype=REFERRAL, **given).status != 403


def test_rows_of_tables_leave_only_with_their_paper(world, rest):
	client = rest(world.abroad.users["DEP"])
	for table, paper in (("PPSS Case Membership", CASE), ("PPSS Attendance", "PPSS Session")):
		row = frappe.db.get_value(table, {"parenttype": paper}, "name")
		answers = [
			client.method("frappe.client.get_list", doctype=table, parent=paper),
			client.method("frappe.client.get_count", doctype=table),
			client.method("frappe.client.get", doctype=table, name=row, parent=paper),
			client.call("GET", f"/api/resource/{table}", parent=paper),
			client.read(table, row),
			client.change(table, row, idx=9),
			client.delete(table, row),
			client.create(table, parent=world.near[paper], parenttype=paper, parentfield="members"),
		]
		assert {answer.status for answer in answers} == {403}


@pytest.mark.parametrize(
	("method", "given"),
	[
		("frappe.model.mapper.map_docs", {"method": "frappe.client.get_count", "source_names": f'["{CONSENT}"]', "target_doc": {}}),
		("frappe.desk.treeview.get_all_nodes", {"doctype": CONSENT, "label": "", "parent": "{}", "tree_method": "frappe.client.get_count"}),
		("frappe.desk.search.search_link", {"doctype": CONSENT, "txt": "{}", "query": "frappe.client.get_count"}),
		("frappe.desk.doctype.tag.tag.get_tagged_docs", {"doctype": CONSENT, "tag": ""}),
		("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count", {"doctype": CONSENT, "workflow_state_field": "workflow_state", "states": "[]"}),
		("frappe.utils.goal.get_monthly_goal_graph_data", {"title": "x", "doctype": "PPSS Term", "docname": "PSY", "goal_value_field": "name", "goal_total_field": "title", "goal_history_field": "title", "goal_doctype": CONSENT, "goal_doctype_link": "name", "goal_field": "learner", "date_field": "creation", "aggregation": "max"}),
		("frappe.desk.doctype.dashboard_chart.dashboard_chart.get", {"chart": json.dumps({"document_type": CONSENT, "type": "Heatmap", "chart_type": "Count", "based_on": "creation", "name": "x"})}),
		("frappe.desk.query_report.run", {"report_name": "PPSS Support in the Year", "custom_columns": [{"doctype": CONSENT, "fieldname": "name", "link_field": "learner", "insert_after_index": 0}]}),
	],
)  # fmt: skip
def test_ways_around_the_rights_are_shut(world, rest, method, given):
	assert rest(world.school.users["TCH"]).method(method, **given).status == 403


# ---- fields a client does not fill


def test_a_paper_is_written_as_it_stands(world, rest):
	"""Whoever may write near papers does not take a far one over by saying it were near."""
	taken = {
		(world.school, "CLS", CONSENT, "learner"): world.near[LEARNER],
		(world.school, "PSY", "PPSS Programme", "learner"): world.near[LEARNER],
		(world.school, "PSY", CASE, "learner"): world.near[LEARNER],
	}
	for (school, key, doctype, field), value in taken.items():
		name = world.far[doctype]
		before = frappe.db.get_value(doctype, name, field)
		answer = rest(school.users[key]).change(doctype, name, **{field: value})
		assert answer.status == 403 and fresh(doctype, name).get(field) == before, doctype


def test_a_paper_out_of_reach_is_not_corrected(world, rest):
	school, near = world.school, frappe.get_doc(LEARNER, world.near[LEARNER])
	values = {**school.consent_values(near), "amended_from": world.far[CONSENT]}
	assert rest(school.users["CLS"]).create(CONSENT, **values).status == 403
	assert not frappe.db.exists(CONSENT, {"amended_from": world.far[CONSENT]})


def test_another_school_takes_nothing_over(world, rest):
	client, own = rest(world.abroad.users["DEP"]), world.abroad.organisation
	for doctype in (LEARNER, "PPSS Class", "PPSS Specialist", CONSENT, "PPSS Meeting", "PPSS Room"):
		name = {**world.common, **world.near}[doctype]
		whole = {**frappe.get_doc(doctype, name).as_dict(), "organisation": own}
		saved = json.dumps(whole, default=str)
		answers = [
			client.change(doctype, name, organisation=own),
			client.method("frappe.client.save", doc=saved),
			client.method("frappe.desk.form.save.savedocs", doc=saved, action="Save"),
			client.method("frappe.www.printview.get_html_and_style", doc=saved),
			client.method("run_doc_method", docs=saved, method="onload"),
		]
		assert {answer.status for answer in answers} == {403}, (doctype, answers)
		assert fresh(doctype, name).organisation == world.school.organisation


def test_nobody_becomes_the_maker_of_a_paper(world, rest):
	name, client = world.near[LEARNER], rest(world.school.users["DEP"])
	before = frappe.db.get_value(LEARNER, name, ["owner", "creation"])
	check_ok(client.change(LEARNER, name, owner=client.user, creation="2001-01-01"))
	frappe.db.rollback()
	assert frappe.db.get_value(LEARNER, name, ["owner", "creation"]) == before
	made = client.create("PPSS Room", title="9", organisation=world.school.organisation, owner="Administrator", creation="2001-01-01", name="x", docstatus=1)  # fmt: skip
	if made.ok:
		room = fresh("PPSS Room", made.data["name"])
		assert room.owner == client.user and room.creation.year > 2001 and room.name != "x"


def test_answers_to_a_save_stay_on_the_level(world, rest):
	registrar, name = rest(world.school.users["ADM"]), world.near[REFERRAL]
	saved = registrar.change(REFERRAL, name, number="18")
	opened = registrar.call("GET", "/api/method/frappe.desk.form.load.getdoc", doctype=REFERRAL, name=name)
	assert opened.ok
	rest(world.school.users["DEP"]).change(REFERRAL, name, reason="Өзгерген мәтін")
	history = registrar.call("GET", "/api/method/frappe.desk.form.load.getdoc", doctype=REFERRAL, name=name)
	printed = registrar.method("frappe.www.printview.get_html_and_style", doc=REFERRAL, name=name)
	for answer in (saved, opened, history, printed):
		text = json.dumps(answer.body, ensure_ascii=False)
		assert "Терең қолдау" not in text and "Өзгерген мәтін" not in text, answer.status


def test_rows_are_not_moved_between_papers(world, rest):
	"""A row sent with another paper's is written to the paper it is sent with, and to no other."""
	near, far = world.near[CASE], world.far[CASE]
	row = frappe.db.get_value("PPSS Case Membership", {"parent": far}, ["name", "specialist"], as_dict=True)
	client = rest(world.school.users["PSY"])
	mine = fresh(CASE, near).as_dict()["members"]
	client.change(
		CASE, near, members=json.loads(json.dumps([*mine, {**row, "to_date": today()}], default=str))
	)
	frappe.db.rollback()
	assert frappe.db.get_value("PPSS Case Membership", row.name, "parent") == far
	assert frappe.db.get_value("PPSS Case Membership", row.name, "to_date") is None


# ---- texts


def test_texts_are_kept_and_printed_as_texts(world, rest, monkeypatch):
	"""What is typed runs nowhere: neither in the database, nor as a template, nor in the reader's browser."""
	hostile = f"{SQL} {TEMPLATE} {SCRIPT}"
	norms = frappe.db.count("PPSS Norm")
	printed = 0
	for doctype, name in {**world.near, **world.common}.items():
		paper = frappe.get_doc(doctype, name)
		for one in (paper, *paper.get_all_children()):
			filled = {
				df.fieldname: hostile[: df.length or 140] if df.fieldtype == "Data" else hostile
				for df in one.meta.fields
				if df.fieldtype in TEXTS and not df.options and not df.is_virtual
			}
			one.update(filled)
			if filled and one.meta.fields:
				frappe.db.set_value(
					one.doctype, one.name, {f: v for f, v in filled.items() if v}, update_modified=False
				)
		print_format = papers.our_format(doctype, None)
		if print_format and frappe.has_permission(doctype, "print", name):
			page = papers.html_of(frappe.get_doc(doctype, name), print_format, "kk")
			printed += 1
			assert "<script>alert" not in page and "<img src=x" not in page, doctype
			assert "{{ 7 * 7 }}" in page or "drop table" not in page, doctype
	frappe.db.rollback()
	assert printed > 8
	assert frappe.db.count("PPSS Norm") == norms


def test_scripts_in_names_do_not_come_in(world, rest):
	school, client = world.school, rest(world.school.users["DEP"])
	child = {"surname": SCRIPT, "given_name": f"Айша{SCRIPT}", "birth_date": "2015-05-05", "gender": "Female"}
	about = {"organisation": school.organisation, "school_class": school.school_class}
	parent = {"representative": world.near["PPSS Representative"], "relation": "Parent"}
	answer = client.create(
		LEARNER, **child, **about, representatives=[{**parent, "is_legal_representative": 1}]
	)
	check_ok(answer)
	title = client.method(
		"frappe.desk.search.get_link_title", doctype=LEARNER, docname=answer.data["name"]
	).data
	for text in (answer.data["full_name"], title):
		assert "Айша" in text and not re.search(r"<[a-z/!?]", text, re.IGNORECASE)


@pytest.mark.parametrize(
	"name", ["../../../../etc/passwd", "..%2f..%2fsite_config.json", "a/b\\c.txt", "\x00.txt"]
)
def test_a_file_name_leads_nowhere(world, rest, name):
	"""A path in the name of a file neither reads nor writes outside the folder of files."""
	client = rest(world.school.users["CLS"])
	about = {"doctype": CONSENT, "docname": world.near[CONSENT], "is_private": 1}
	answer = client.method("frappe.client.attach_file", **about, filename=name, filedata="мәтін")
	if answer.ok:
		path = frappe.get_doc("File", answer.data["name"]).get_full_path()
		assert os.path.realpath(path).startswith(os.path.realpath(frappe.get_site_path("private", "files")))
	given = {"file_name": "x.txt", "file_url": f"/private/files/{name}", "is_private": 1}
	assert not client.create("File", **given).ok
	for prefix in ("/private/files/", "/private/files/../../", "/files/../private/files/"):
		reply = client.call("GET", prefix + name)
		assert not reply.ok or "Frappe" in str(reply.body), reply


def test_naming_the_address_of_a_file_does_not_make_it_ones_own(world, rest):
	about = {"attached_to_doctype": CONSENT, "attached_to_name": world.far[CONSENT]}
	file = make(
		"File",
		file_name=f"{frappe.generate_hash()}.pdf",
		content=PDF + frappe.generate_hash().encode(),
		is_private=1,
		**about,
	)
	thief = rest(world.school.users["CLS"])
	assert file.name not in thief.names("File", attached_to_doctype=CONSENT)
	other_way = file.file_url.replace("files/", "files/./")
	for named in ({"file_url": file.file_url}, {"file_url": other_way}, {"file_name": file.file_name}):
		assert thief.create("File", **named, is_private=1).status == 403
	own = thief.create("File", file_name="own.txt", content=frappe.generate_hash(), is_private=1).data["name"]
	assert thief.change("File", own, file_url=file.file_url).status == 403
	assert thief.change(CONSENT, world.near[CONSENT], signed_paper=other_way).status == 403
	thief.change(CONSENT, world.near[CONSENT], signed_paper=file.file_url)
	thief.create(
		CONSENT,
		**{
			**world.school.consent_values(frappe.get_doc(LEARNER, world.near[LEARNER])),
			"signed_paper": file.file_url,
		},
	)
	thief.method(
		"frappe.client.attach_file",
		doctype=LEARNER,
		docname=world.near[LEARNER],
		filename=file.file_url,
		filedata="x",
	)
	zipped = thief.method("frappe.core.api.file.zip_files", files=json.dumps([file.name]))
	assert zipped.status == 403
	assert thief.call("GET", file.file_url).status == 403
	assert thief.read("File", file.name).status == 403
