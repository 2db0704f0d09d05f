"""Ports: free ones, remembered, and a clear word when one is taken."""

import socket

import pytest

from standalone import ports, services
from standalone.errors import RuntimeProblem


@pytest.fixture
def taken():
	with socket.socket() as listener:
		listener.bind((ports.LOOPBACK, 0))
		listener.listen()
		yield listener.getsockname()[1]


def test_a_taken_port_names_the_option(taken):
	with pytest.raises(RuntimeProblem) as problem:
		ports.require_free(taken)
	assert str(taken) in problem.value.problem
	assert "--port" in problem.value.way_out


def test_ports_are_remembered(tmp_path):
	first = ports.remembered_ports(tmp_path / "config.json", 5)
	assert ports.remembered_ports(tmp_path / "config.json", 900) == first
	assert len(set(first.values())) == len(ports.PRIVATE_SERVICES)


def test_the_web_port_asked_for_is_kept(tmp_path):
	config = tmp_path / "config.json"
	assert ports.remember_web_port(config, None) == ports.DEFAULT_WEB_PORT
	assert ports.remember_web_port(config, 8123) == 8123
	assert ports.remember_web_port(config, None) == 8123


def test_listening_addresses_come_from_the_kernel(taken):
	assert services.listening_addresses(taken) == [ports.LOOPBACK]
	services.check_loopback_only("test", taken)


def test_listening_for_everybody_is_refused(monkeypatch):
	monkeypatch.setattr(services, "listening_addresses", lambda _port: ["0.0.0.0"])
	with pytest.raises(RuntimeProblem, match="not only on"):
		services.check_loopback_only("test", 1)
