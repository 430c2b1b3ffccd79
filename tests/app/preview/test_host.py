"""What is there before the browser: one server, and switches that keep everything on this computer."""

import os

import pytest

from app.preview import host


def test_there_is_one_server_however_often_it_is_asked_for() -> None:
    assert host.server() is host.server()
    assert host.server().port > 0


def test_the_switches_are_added_once_beside_those_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(host.FLAGS, "--mine")
    host.begin()
    host.begin()
    switches = os.environ[host.FLAGS].split()
    assert switches == ["--mine", *host.switches_for(host.server().port)]


def test_only_the_servers_own_addresses_bypass_the_proxy_that_is_not_there() -> None:
    proxy, bypass, webrtc = host.switches_for(4711)
    assert proxy.endswith("127.0.0.1:1")
    assert bypass.split("=")[1].split(";") == ["<-loopback>", "127.0.0.1:4711", "*.localhost:4711"]
    assert "disable_non_proxied_udp" in webrtc
