"""What the hooks promise the framework."""

from collections import Counter

from ppss_support import hooks


def scheduled() -> list[str]:
	listed = [methods for event, methods in hooks.scheduler_events.items() if event != "cron"]
	return [method for methods in (*listed, *hooks.scheduler_events["cron"].values()) for method in methods]


def test_no_job_of_the_schedule_takes_the_name_of_another():
	"""The framework names a job by the last two parts of its path; of two with one name it keeps the later."""
	names = Counter(".".join(method.split(".")[-2:]) for method in scheduled())
	assert len(names) > 10 and [name for name, times in names.items() if times > 1] == []
