"""A workspace to type commands into: through the same door as a person, in the process of the test."""

from __future__ import annotations

import contextlib
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docsmith.model.written import WrittenDocument
from docsmith.template.reading import read_document as read_bytes

DATA = "数据.json"


class Answer(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What a command with ``--json`` says."""
        return json.loads(self.out)


class Made(NamedTuple):
    """A document that was made: where it lies, what it says, and the findings of ``docsmith`` about it.

    Each finding is the object that ``--json`` prints: ``severity``, ``message``, ``code``, ``branch`` …
    """

    path: Path
    document: WrittenDocument
    findings: tuple[Mapping[str, Any], ...]

    @property
    def codes(self) -> list[str]:
        """The kinds of the findings."""
        return [str(finding["code"]) for finding in self.findings]


class Workspace(NamedTuple):
    """A folder with a ``docsmith.toml``, its data in ``数据.json``, its documents in ``输出``."""

    folder: Path

    @classmethod
    def make(
        cls,
        folder: Path,
        data: Mapping[str, Any],
        plugins: Sequence[Path] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> Workspace:
        """Write a workspace; ``settings`` are further keys of its ``docsmith.toml``."""
        folder.mkdir(parents=True, exist_ok=True)
        workspace = cls(folder)
        workspace.write(data)
        own: dict[str, Any] = {"data": DATA}
        if plugins:
            own |= {"plugins": [str(one) for one in plugins], "trust": [_id_of(one) for one in plugins]}
        lines = _toml({**own, **(settings or {})})
        (folder / "docsmith.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return workspace

    def write(self, data: Mapping[str, Any]) -> None:
        """Write other data: rows by sheet, all names in Chinese or English."""
        text = json.dumps(data, ensure_ascii=False, indent=1)
        (self.folder / DATA).write_text(text, encoding="utf-8")

    def run(self, *args: str) -> Answer:
        """Run a command of docsmith in the workspace: ``run("check", "--json")``."""
        from docsmith import _i18n
        from docsmith.cli.funnel import run

        _i18n.install()
        out, err = _Printed(), _Printed()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(args)
        return Answer(code, out.text, err.text)

    def check(self) -> list[Mapping[str, Any]]:
        """Return the findings of ``docsmith check``."""
        return list(self.run("check", "--json").json["findings"])

    def render_all(self, document_type: str, *options: str) -> list[Made]:
        """Make the documents of a type, and return them in the order of the run.

        ``options`` are those of ``docsmith render``. Fails where a document failed, with the reasons.
        """
        __tracebackhide__ = True  # pytest shows the line of the test instead
        answer = self.run("render", document_type, *options, "--json")
        documents = json.loads(answer.out)["documents"] if answer.out else []
        failed = [finding for one in documents if one["status"] == "failed" for finding in one["findings"]]
        if answer.code:
            reasons = [f"{finding['message']}\n  {finding['hint']}" for finding in failed]
            raise AssertionError("\n".join([f"{document_type} was not made:", *reasons, answer.err]).rstrip())
        return [_made(self.folder, one) for one in documents]

    def render(self, document_type: str, branch: str = "", *options: str) -> Made:
        """Make one document of a type: that of a branch, the first one by default."""
        __tracebackhide__ = True
        made = self.render_all(document_type, *(("--branch", branch) if branch else ()), *options)
        if not made:
            raise AssertionError(f"{document_type}: there is nothing to make of this data.")
        return made[0]


def read_document(path: Path) -> WrittenDocument:
    """Return what a .docx says."""
    return read_bytes(path.read_bytes(), path.name)


def _made(folder: Path, told: Mapping[str, Any]) -> Made:
    path = folder / (told["beside"] or told["path"])
    return Made(path, read_document(path), tuple(told["findings"]))


class _Printed(io.TextIOWrapper):
    """A standard stream that remembers what was written to it, as text or as bytes."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        super().__init__(self._bytes, encoding="utf-8", newline="\n")

    @property
    def text(self) -> str:
        self.flush()
        return self._bytes.getvalue().decode()


def _id_of(plugin: Path) -> str:
    """Return the id of a plugin; one without a manifest that can be read is docsmith's to complain of."""
    try:
        return str(tomllib.loads((plugin / "plugin.toml").read_text(encoding="utf-8"))["id"])
    except (OSError, ValueError, KeyError):
        return plugin.name


def _toml(settings: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[str]:
    """Return settings as lines of TOML: JSON's texts, numbers and lists are TOML's as well."""
    lines = [f"[{'.'.join(map(_key, path))}]"] if path else []
    tables = {name: value for name, value in settings.items() if isinstance(value, Mapping)}
    lines += [
        f"{_key(name)} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in settings.items()
        if name not in tables
    ]
    for name, value in tables.items():
        lines += _toml(value, (*path, name))
    return lines


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
