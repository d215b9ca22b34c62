"""Addresses of schedulers: what is wrong with them is said, and soon."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install distributed")

import dask.config
from distributed import Security

from docsmith.engine.crew import address, open_crew
from docsmith.engine.crew.address import reachable
from docsmith.errors import UsageError
from tests.engine.crew.jobs import Upper, tickets
from tests.engine.crew.offices import Office


@pytest.mark.parametrize(
    "engine",
    ["", "x", "dask://", "dask://host", "dask://host:x", "dask://host:1/x", "dask://::1:1", "tcp://host:1"],
)
def test_what_is_no_address_of_a_scheduler_is_refused(engine: str) -> None:
    with pytest.raises(UsageError, match="is no engine"):
        reachable(engine, Security())


def test_a_port_where_nobody_listens_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(UsageError, match=r"does not answer: Connection refused\."):
            reachable(f"dask://127.0.0.1:{free.getsockname()[1]}", Security())


def test_a_server_that_says_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "CONNECTING", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(UsageError, match="does not answer: timed out"),
    ):
        reachable(f"dask://127.0.0.1:{server.getsockname()[1]}", Security())


def test_a_failed_connection_leaves_nothing_behind_that_the_program_waits_for() -> None:
    program = (
        "from docsmith.engine.crew import open_crew\n"
        "try:\n"
        "    open_crew(None, jobs=1, engine='dask+tls://127.0.0.1:1').__enter__()\n"
        "except Exception as error:\n"
        "    print(type(error).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("UsageError\n", "")


def test_tls_without_certificates_is_refused() -> None:
    with pytest.raises(UsageError, match="needs certificates"):
        reachable("dask+tls://127.0.0.1:1", Security())


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """Return a certificate that vouches for itself, and its key."""
    paths = str(tmp_path / "office.pem"), str(tmp_path / "office.key")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=office", "-out", paths[0], "-keyout", paths[1]]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return paths


def test_a_cluster_with_tls_lets_in_only_who_has_the_certificate(
    tmp_path: Path, certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, key = certificate
    options = ["--tls-ca-file", pem, "--tls-cert", pem, "--tls-key", key]
    with Office(tmp_path, "--protocol", "tls", *options) as office:
        office.employ(1, *options)
        with pytest.raises(UsageError, match="needs certificates"):
            reachable(office.engine, Security())
        monkeypatch.setattr(address, "CONNECTING", 1)
        with pytest.raises(UsageError, match="does not answer"):
            reachable(office.engine.replace("dask+tls", "dask"), Security())
        monkeypatch.undo()
        names = {"ca-file": pem, "client.cert": pem, "client.key": key}
        with (
            dask.config.set({f"distributed.comm.tls.{name}": path for name, path in names.items()}),
            open_crew(Upper(tmp_path), jobs=1, engine=office.engine) as crew,
        ):
            assert len(list(crew.results(tickets(5)))) == 5


def test_a_plain_scheduler_is_refused_where_tls_is_asked_for(
    tmp_path: Path, certificate: tuple[str, str]
) -> None:
    pem, key = certificate
    security = Security(tls_ca_file=pem, tls_client_cert=pem, tls_client_key=key)
    with Office(tmp_path) as office, pytest.raises(UsageError, match="does not answer"):
        reachable(office.engine.replace("dask", "dask+tls"), security)
