"""``docsmith.toml``: where a unit keeps its data and its documents, and what it has decided."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from docsmith._files import reason_of, reason_of_toml
from docsmith._i18n import gettext as _
from docsmith._urls import anchored
from docsmith.engine.path_pattern import DEFAULT_PATTERN, PathPattern
from docsmith.engine.survey import read_survey
from docsmith.errors import UsageError
from docsmith.model.nearest import suggestion
from docsmith.model.survey import USUAL_SURVEY, Survey

FILE_NAME = "docsmith.toml"
DEFAULT_OUT = "输出"
_LARGEST_FILE = 1 << 20  # bytes
_FIRST_YEAR, _LAST_YEAR = 1921, 2999


class Workspace(NamedTuple):
    """What a ``docsmith.toml`` says; without one, the current folder with nothing decided.

    ``data``, ``out`` and ``plugins`` are paths that stand on their own; in the file they are relative to it.
    ``data`` may be the URL of a database instead. ``trust`` lists the workspace's plugins whose Python may
    run, which counts where the person believes the workspace (:mod:`docsmith.engine.plugins.permission`).
    ``pack`` names the document types of a batch, all of them where it is empty; ``path`` says where below
    ``out`` a document goes (:mod:`docsmith.engine.path_pattern`). ``rules`` is handed to the rules, ``types``
    (options by document type) to the plugins, and ``imports`` to the readers; each checks its own.
    """

    file: Path | None = None
    data: tuple[str | Path, ...] = ()
    out: Path = Path(DEFAULT_OUT)
    period: int | None = None
    plugins: tuple[Path, ...] = ()
    trust: tuple[str, ...] = ()
    pack: tuple[str, ...] = ()
    path: str = DEFAULT_PATTERN
    rules: Mapping[str, Any] = MappingProxyType({})
    types: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    imports: Mapping[str, Any] = MappingProxyType({})
    survey: Survey = USUAL_SURVEY

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace that ``start`` lies in: the nearest ``docsmith.toml`` upwards, or none."""
        for folder in (start.absolute(), *start.absolute().parents):
            if (folder / FILE_NAME).is_file():
                return cls.read(folder / FILE_NAME)
        return cls()

    @classmethod
    def read(cls, file: Path) -> Workspace:
        """Read a ``docsmith.toml``; raises :class:`UsageError` for anything in it that is not known."""
        table = _parsed(file)
        known = (
            "data", "out", "path", "period", "plugins", "trust", "pack", "rules", "types", "import", "survey",
        )  # fmt: skip
        if unknown := [key for key in table if key not in known]:
            hints = " ".join(f"{key}: {suggestion(key, known)}" for key in unknown)
            raise _wrong(file, _("unknown: {names}.").format(names="、".join(unknown)), hints)
        folder = file.parent
        types = _tables(file, "types", table)
        if flat := [name for name, options in types.items() if not isinstance(options, Mapping)]:
            raise _wrong(file, _("{name} cannot be read.").format(name=flat[0]), "[types.self-check]")
        return cls(
            file=file,
            data=tuple(anchored(name, folder) for name in _names(file, "data", table)),
            out=folder / _text(file, "out", table.get("out", DEFAULT_OUT)),
            period=_period(file, table),
            plugins=tuple(folder / name for name in _names(file, "plugins", table)),
            trust=tuple(_names(file, "trust", table)),
            pack=tuple(_names(file, "pack", table)),
            path=_path(file, table),
            rules=_tables(file, "rules", table),
            types=types,
            imports=_tables(file, "import", table),
            survey=_survey(file, table),
        )


def parse_period(text: str) -> int:
    """Return the year that ``2026`` or ``2026年`` names; raises :class:`UsageError`."""
    digits = text.strip().removesuffix("年").removesuffix("年度")
    if digits.isdecimal() and len(digits) == 4 and _FIRST_YEAR <= int(digits) <= _LAST_YEAR:
        return int(digits)
    raise UsageError(
        _("{value} is not a period.").format(value=text), hint=_("Expected a year, such as 2026.")
    )


def _period(file: Path, table: Mapping[str, Any]) -> int | None:
    with blaming(file):
        return parse_period(str(table["period"])) if "period" in table else None


def _path(file: Path, table: Mapping[str, Any]) -> str:
    pattern = _text(file, "path", table.get("path", DEFAULT_PATTERN))
    with blaming(file):
        PathPattern.parse(pattern)
    return pattern


def _survey(file: Path, table: Mapping[str, Any]) -> Survey:
    said = _tables(file, "survey", table)
    with blaming(file):
        return read_survey(said)


@contextmanager
def blaming(file: Path | None) -> Iterator[None]:
    """Name the file of the settings in every :class:`UsageError` about one of them."""
    try:
        yield
    except UsageError as error:
        if file is None:
            raise
        raise _wrong(file, error.message, error.hint) from error


def _parsed(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST_FILE)
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise _wrong(file, _("{reason}.").format(reason=reason_of(error))) from error
    except UnicodeDecodeError:
        raise _wrong(file, _("it is not UTF-8; save it again in that encoding.")) from None
    except (ValueError, RecursionError) as error:
        hint = _("Write paths in single quotes, for example data = '数据.xlsx'.")
        raise _wrong(file, _("{reason}.").format(reason=reason_of_toml(error)), hint) from None


def _names(file: Path, key: str, table: Mapping[str, Any]) -> Iterable[str]:
    value = table.get(key, [])
    return [_text(file, key, one) for one in (value if isinstance(value, list) else [value])]


def _text(file: Path, key: str, value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _wrong(file, _("{name} cannot be read.").format(name=key), f"{key} = '…'")


def _tables(file: Path, key: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    value = table.get(key, {})
    if isinstance(value, Mapping):
        return value
    raise _wrong(file, _("{name} cannot be read.").format(name=key), f"[{key}]")


def _wrong(file: Path, message: str, hint: str = "") -> UsageError:
    return UsageError(
        _("The settings in {file} are wrong: {message}").format(file=file, message=message), hint=hint
    )
