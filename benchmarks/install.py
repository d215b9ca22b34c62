"""Preparing the peers: an environment for each, in a folder of its own outside of git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.entrants import Peer
from benchmarks.errors import InstallError

CACHE = Path(__file__).resolve().parent.parent / ".benchmarks"
_WHAT_IS_HERE = "requires.json"


@dataclass(frozen=True, slots=True)
class Environment:
    """How a peer is started: the command of its interpreter, and the variables of its processes."""

    interpreter: str
    variables: Mapping[str, str]


def prepare(peers: Iterable[Peer]) -> tuple[dict[str, Environment], dict[str, str]]:
    """Install what is not installed yet; returns the environments, and why a peer has none, by name."""
    ready, left_out = {}, {}
    for peer in peers:
        try:
            ready[peer.name] = _environment(peer)
        except InstallError as error:
            left_out[peer.name] = f"{peer.name}: {error}"
    return ready, left_out


def variables(**added: str) -> dict[str, str]:
    """Return the environment variables of a measured process: compiled Python files are kept, as usual."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | added


def _environment(peer: Peer) -> Environment:
    if not peer.requires:
        return Environment(sys.executable, variables())
    folder = CACHE / "peers" / peer.name
    if not _is_installed(peer, folder):
        print(f"installing {peer.name} …", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (_install_node if peer.is_node else _install_python)(peer, folder)
        (folder / _WHAT_IS_HERE).write_text(json.dumps(peer.requires), encoding="utf-8")
    if peer.is_node:
        return Environment(
            _tool("node"), variables(NODE_PATH=str(folder / "node_modules"), NODE_ENV="production")
        )
    return Environment(str(_python_of(folder)), variables())


def _is_installed(peer: Peer, folder: Path) -> bool:
    file = folder / _WHAT_IS_HERE
    return file.is_file() and json.loads(file.read_text(encoding="utf-8")) == list(peer.requires)


def _install_python(peer: Peer, folder: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder)], folder)
    _run([str(_python_of(folder)), "-m", "pip", "install", "--quiet", *peer.requires], folder)


def _install_node(peer: Peer, folder: Path) -> None:
    wanted = dict(package.rsplit("@", 1) for package in peer.requires)
    manifest = {"private": True, "dependencies": wanted}
    (folder / "package.json").write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    _run([_tool("npm"), "install", "--no-audit", "--no-fund", "--loglevel=error"], folder)


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise InstallError(f"{name} is not on this machine")
    return found


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise InstallError(lines[-1] if lines else f"{command[0]} failed")
