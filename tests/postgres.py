"""A real PostgreSQL for tests: started on loopback in a temporary folder, and stopped at the end.

PostgreSQL refuses to run as root; root runs it as the user postgres, which packages of PostgreSQL make.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

USER = "keeper"
PASSWORD = "p@ss/word-4711"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}


class Server(NamedTuple):
    """A server that runs; ``as_user`` is what stands before a command so that its files' owner runs it."""

    programs: Path
    folder: Path
    port: int
    as_user: tuple[str, ...]

    def url(self, database: str = "postgres", password: str = "p%40ss%2Fword-4711") -> str:
        """Return the URL of a database of the server."""
        return f"postgresql+psycopg://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str) -> str:
        """Make an empty database, and return its URL."""
        import psycopg

        with psycopg.connect(self.url().replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE template0")
        return self.url(database)

    def has(self, extension: str) -> bool:
        """Tell whether an extension can be made: Debian's package has them, others may not."""
        import psycopg

        with psycopg.connect(self.url().replace("+psycopg", "")) as connection:
            query = "SELECT 1 FROM pg_available_extensions WHERE name = %s"
            return connection.execute(query, [extension]).fetchone() is not None

    def stop(self) -> None:
        """Stop the server at once."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def start(self) -> None:
        """Start the server."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' -c fsync=off"
        )
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def initialise(self) -> None:
        """Make the folder of a server whose only user has a password."""
        secret = self.folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        shared = ["--encoding=UTF8", "--no-sync", "--auth=scram-sha-256"]
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, f"--pwfile={secret}", *shared)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self.as_user, str(self.programs / program), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            cwd=self.folder,
            env=_ENVIRONMENT,
            timeout=120,
        )
        if done.returncode:
            pytest.skip(f"PostgreSQL does not start: {done.stderr.decode(errors='replace')[:300]}")


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run a server in an empty folder; skips the test, and says why, where none can be run."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL is installed (apt-get install postgresql)")
    as_user = _as_user(folder)
    server = Server(programs, folder, _free_port(), as_user)
    server.initialise()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _programs() -> Path | None:
    """Return the folder of the programs of the newest PostgreSQL: Debian has a folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).parent if found and (Path(found).parent / "pg_ctl").exists() else None


def _as_user(folder: Path) -> tuple[str, ...]:
    """Return what lets a command run as a user that PostgreSQL accepts, who is then given the folder."""
    if os.name != "posix" or os.getuid() != 0:
        return ()
    import pwd

    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    runuser = shutil.which("runuser")
    if runuser is None:
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return (runuser, "-u", "postgres", "--")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
