"""The dataset as docsmith understood it, written clean: JSON, YAML, a workbook, or a folder of csv.

Only what the unit itself gave is written: not the rows that failed, nor the examples that a plugin ships.
Reading the result again gives the same records. Nothing is written before all rows are gathered
(:class:`docsmith.sources.export_rows.Gathered`), and no more of them than one is then in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.sources.export_rows import Advance, Gathered

_Writer = Callable[[Gathered, Path, Advance], None]

# The module and the function for each suffix; no suffix means a folder of csv.
_WRITERS: Mapping[str, tuple[str, str]] = {
    ".json": ("export_text", "write_json"),
    ".yaml": ("export_text", "write_yaml"),
    ".yml": ("export_text", "write_yaml"),
    ".xlsx": ("export_tables", "write_workbook"),
    "": ("export_tables", "write_folder"),
}


def _in_silence(_rows: int) -> None:
    """Take no notice of how many rows are written."""


def check_target(path: Path, sources: Sequence[Path]) -> None:
    """Raise :class:`UsageError` for what docsmith does not write, and for what it would overwrite."""
    if path.suffix.lower() not in _WRITERS:
        raise UsageError(
            _("docsmith does not write {suffix} files: {path}").format(suffix=path.suffix, path=path),
            hint=_("Write .json, .yaml or .xlsx, or a name without a suffix for a folder of csv files."),
        )
    _refuse_to_overwrite(path, sources)


def write_gathered(gathered: Gathered, path: Path, advance: Advance = _in_silence) -> None:
    """Write the rows that were gathered in the form that the suffix of ``path`` names.

    ``advance`` is told how many rows are written. Raises :class:`UsageError` where :func:`check_target` would
    have for the files of the rows, and :class:`docsmith.errors.OutputError` where the file cannot be written;
    what was there stays as it was.
    """
    _refuse_to_overwrite(path, [Path(file) for file in gathered.files if file])
    module, name = _WRITERS[path.suffix.lower()]
    write: _Writer = getattr(import_module(f"docsmith.sources.{module}"), name)
    write(gathered, path, advance)


def _refuse_to_overwrite(path: Path, sources: Sequence[Path]) -> None:
    """Refuse a source, a folder that holds one, and a file that is there in a folder that is one."""
    target = path.resolve()
    for source in (source.resolve() for source in sources):
        inside = target.exists() and source in target.parents
        if source == target or target in source.parents or inside:
            raise UsageError(
                _("{path} is what the data was read from").format(path=path),
                hint=_("Choose another name: docsmith never overwrites its source."),
            )
