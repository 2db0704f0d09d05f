"""The rename rules, the tree's digest, and what happens when it differs."""

import zipfile

import pytest

from standalone import framework
from standalone.errors import RuntimeProblem


@pytest.mark.parametrize(
	("packaged", "upstream"),
	[
		("from criscostack.criscostackclient import X", "from frappe.frappeclient import X"),
		("CRISCOSTACK_SITE", "FRAPPE_SITE"),
		("Criscostack Technologies", "Frappe Technologies"),
		("import criscoerp", "import erpnext"),
		("Criscoerp and CriscoERP", "ERPNext and ERPNext"),
		("Crisco, crisco", "Frappe, frappe"),
		("nothing to do", "nothing to do"),
	],
)
def test_names(packaged, upstream):
	assert framework.rename(packaged) == upstream


def test_file_names():
	assert framework.rename_path("utils/brik_helper.py") == "utils/bench_helper.py"
	assert framework.rename_path("public/js/criscostack/x.js") == "public/js/frappe/x.js"


def test_only_text_is_renamed():
	assert framework.restore(b"crisco") == b"frappe"
	assert framework.restore(b"crisco\0") == b"crisco\0"
	assert framework.restore(b"crisco\xff") == b"crisco\xff"


def test_digest_sees_code_and_nothing_else(tmp_path):
	(tmp_path / "a.py").write_text("x = 1\n\n")
	digest = framework.tree_digest(tmp_path)
	for path in ("translations/kk.txt", "public/dist/a.js", "__pycache__/a.py", "logo.png"):
		(tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / path).write_text("other")
	(tmp_path / "a.py").write_text("x = 1")
	assert framework.tree_digest(tmp_path) == digest
	(tmp_path / "a.py").write_text("x = 2")
	assert framework.tree_digest(tmp_path) != digest


def test_a_wrong_wheel_is_refused(tmp_path):
	wheel = tmp_path / "x.whl"
	wheel.write_bytes(b"other")
	with pytest.raises(RuntimeProblem, match="not the expected one"):
		framework.build_tree(wheel, tmp_path / "frappe")
	assert not (tmp_path / "frappe").exists()


def test_a_wrong_tree_is_not_put_in_place(tmp_path, monkeypatch):
	wheel = tmp_path / "x.whl"
	with zipfile.ZipFile(wheel, "w") as archive:
		archive.writestr("criscostack/__init__.py", "changed")
	monkeypatch.setattr(framework, "check_wheel", lambda _wheel: None)
	with pytest.raises(RuntimeProblem, match="differs from upstream"):
		framework.build_tree(wheel, tmp_path / "frappe")
	assert not (tmp_path / "frappe").exists()
