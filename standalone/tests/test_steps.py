"""Steps are done once, again when an input changes, and never taken for done when they were interrupted."""

import io
import threading

import pytest

from standalone.progress import Progress
from standalone.steps import Stamps, Step, run_steps


@pytest.fixture
def go(tmp_path):
	stamps = Stamps(tmp_path)
	return lambda *steps: run_steps(list(steps), stamps, Progress(io.StringIO()))


def test_done_once_until_an_input_changes(go):
	done, lock = [], ["a"]
	step = Step("x", "X", lambda: done.append(lock[0]), inputs=lambda: lock[0])
	go(step)
	go(step)
	lock[0] = "b"
	go(step)
	assert done == ["a", "b"]


def test_done_again_when_its_result_is_gone(go):
	done = []
	step = Step("x", "X", lambda: done.append(1), still_there=lambda: False)
	go(step)
	go(step)
	assert len(done) == 2


def test_a_failed_step_leaves_no_stamp_and_stops_what_follows(go):
	done = []

	def fail():
		raise OSError("no")

	later = Step("later", "Later", lambda: done.append("later"), after=("x",))
	with pytest.raises(OSError, match="no"):
		go(Step("x", "X", fail), later)
	assert done == []
	go(Step("x", "X", lambda: done.append("x")), later)
	assert done == ["x", "later"]


def test_a_failure_undoes_an_older_stamp(go):
	"""Its inputs changed and it failed half-way: the old state is gone too."""
	done, lock = [], ["a"]
	step = Step("x", "X", lambda: done.append(1) if lock[0] == "a" else 1 / 0, inputs=lambda: lock[0])
	go(step)
	lock[0] = "b"
	with pytest.raises(ZeroDivisionError):
		go(step)
	lock[0] = "a"
	go(step)
	assert len(done) == 2


def test_steps_without_order_run_side_by_side(go):
	meet = threading.Barrier(2, timeout=5)
	go(Step("a", "A", lambda: meet.wait()), Step("b", "B", lambda: meet.wait()))
