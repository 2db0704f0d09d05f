"""Steps taken at the same moment by real processes, each with its own connection to the database."""

import multiprocessing
from dataclasses import dataclass

WAIT = 120


@dataclass(frozen=True)
class Task:
	"""What one process does: `user` presses `action` on a paper, or inserts it when there is no action."""

	user: str
	doc: dict
	action: str | None = None
	reason: str = "Бір мезгілде"


@dataclass(frozen=True)
class Outcome:
	name: str | None = None
	codes: tuple[str, ...] = ()
	error: str = ""

	@property
	def ok(self) -> bool:
		return not self.error


class Workers:
	"""Processes that wait for tasks; the n-th tasks of all begin together."""

	def __init__(self, sites: str, site: str, count: int = 2):
		context = multiprocessing.get_context("spawn")
		self.queues = [context.Queue() for _ in range(count)]
		self.results = context.Queue()
		# Kept: a semaphore nobody holds is gone before the processes have opened it.
		self.barrier = context.Barrier(count)
		self.processes = [
			context.Process(
				target=work, args=(sites, site, number, queue, self.barrier, self.results), daemon=True
			)
			for number, queue in enumerate(self.queues)
		]
		for process in self.processes:
			process.start()

	def at_once(self, *tasks: list[Task]) -> list[list[Outcome]]:
		"""Work off one list of tasks in each process; the lists are of one length."""
		for queue, own in zip(self.queues, tasks, strict=True):
			queue.put(own)
		found = dict(self.results.get(timeout=WAIT) for _ in self.queues)
		return [found[number] for number in range(len(self.queues))]

	def stop(self):
		for queue in self.queues:
			queue.put(None)
		for process in self.processes:
			process.join(WAIT)


def work(sites: str, site: str, number: int, queue, barrier, results):
	import os

	import frappe

	os.chdir(sites)
	frappe.init(site=site, sites_path=sites)
	frappe.connect()
	while (tasks := queue.get()) is not None:
		outcomes = []
		for task in tasks:
			frappe.db.rollback()
			frappe.set_user(task.user)
			frappe.local.response = frappe._dict(docs=[])
			barrier.wait(WAIT)
			outcomes.append(carry_out(task))
		results.put((number, outcomes))
	frappe.destroy()


def carry_out(task: Task) -> Outcome:
	"""Take the step and commit, as one request does."""
	import frappe

	from ppss_support.controllers.steps import apply_workflow

	try:
		if task.action:
			apply_workflow({**task.doc, "transition_reason": task.reason}, task.action)
			name = task.doc["name"]
		else:
			name = frappe.get_doc(task.doc).insert().name
		frappe.db.commit()
	except Exception as error:
		frappe.db.rollback()
		frappe.clear_messages()
		codes = tuple(frappe.local.response.get("ppss_codes") or ())
		return Outcome(codes=codes, error=f"{type(error).__name__}: {error}")
	return Outcome(name)
