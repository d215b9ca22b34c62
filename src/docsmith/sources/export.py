"""The dataset as docsmith understood it, written clean: JSON, YAML, a workbook, or a folder of csv.

Only what the unit itself gave is written: not the rows that failed, nor the examples that a plugin ships.
Reading the result again gives the same records.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsmith._files import write_atomically
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.sources.units import NO_YEAR

if TYPE_CHECKING:
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.representer import SafeRepresenter

    from docsmith.model.columns import Sheet
    from docsmith.model.dataset import Dataset
    from docsmith.model.rows import Record


def write_dataset(dataset: Dataset, path: Path, *, sources: Sequence[Path] = ()) -> None:
    """Write a dataset in the form that the suffix of ``path`` names; no suffix means a folder of csv.

    :param sources: the files and folders that the dataset was read from; none of them is overwritten.
    :raises UsageError: for a suffix that is not known, or a path that would overwrite a source.
    :raises docsmith.errors.OutputError: where the file cannot be written; what was there stays as it was.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            _("docsmith does not write {suffix} files: {path}").format(suffix=path.suffix, path=path),
            hint=_("Write .json, .yaml or .xlsx, or a name without a suffix for a folder of csv files."),
        )
    _refuse_to_overwrite(path, [*sources, *_files_of(dataset)])
    write(dataset, path)


def rows_of(dataset: Dataset, sheet: Sheet) -> tuple[Record, ...]:
    """Return the records of a sheet that the unit itself gave (one record for 单位)."""
    if sheet.name == "unit":
        return (dataset.unit,)
    return () if sheet.name in dataset.examples else dataset.tables.get(sheet.name, ())


def as_plain(dataset: Dataset) -> dict[str, Any]:
    """Return the dataset as objects, lists, text and numbers: the shape of the JSON and YAML files."""
    plain: dict[str, Any] = {}
    for sheet in dataset.schema.sheets.values():
        objects = [_plain_record(record, sheet) for record in rows_of(dataset, sheet)]
        plain[sheet.name] = objects[0] if sheet.name == "unit" else objects
    return plain


def values_of(record: Record, sheet: Sheet) -> dict[str, object]:
    """Return the values of a record by column, ``None`` for what only stands in for a missing one."""
    values = {column.name: getattr(record, column.name) for column in sheet.columns}
    if sheet.name == "unit" and values["year"] == NO_YEAR:
        values["year"] = None
    return {name: None if isinstance(value, Missing) else value for name, value in values.items()}


def _plain_record(record: Record, sheet: Sheet) -> dict[str, Any]:
    plain = {name: _plain_value(value) for name, value in values_of(record, sheet).items()}
    return {**plain, "extra": dict(record.extra)} if record.extra else plain


def _plain_value(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.iso()
    return list(value) if isinstance(value, tuple) else value


def _files_of(dataset: Dataset) -> set[Path]:
    """Return the files that the records say they come from."""
    tables: list[Sequence[Record]] = [(dataset.unit,), *dataset.tables.values()]
    return {Path(record.origin.file) for table in tables for record in table if record.origin.file}


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


def _write_json(dataset: Dataset, path: Path) -> None:
    text = json.dumps(as_plain(dataset), ensure_ascii=False, indent=2)
    write_atomically(path, f"{text}\n".encode())


def _write_yaml(dataset: Dataset, path: Path) -> None:
    from ruamel.yaml import YAML
    from ruamel.yaml.representer import SafeRepresenter

    class Representer(SafeRepresenter):
        """Writes text so that every reader takes it for text."""

    Representer.add_representer(_Text, _represent_text)
    yaml: Any = YAML(typ="safe", pure=True)  # its types leave out half of its settings
    yaml.Representer = Representer
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    yaml.width = 2**20  # a folded line would show a break where the text has none
    buffer = io.BytesIO()
    yaml.dump(_with_marked_text(as_plain(dataset)), buffer)
    write_atomically(path, buffer.getvalue())


class _Text(str):
    """Text of a record, unlike the keys around it."""

    __slots__ = ()


def _with_marked_text(value: Any) -> Any:
    if isinstance(value, str):
        return _Text(value)
    if isinstance(value, Mapping):
        return {key: _with_marked_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_marked_text(inner) for inner in value]
    return value


def _represent_text(representer: SafeRepresenter, text: _Text) -> ScalarNode:
    # YAML 1.1 readers take a bare 2026-03-05, 010 or NO for something else than text.
    node: ScalarNode = representer.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
    return node


def _write_workbook(dataset: Dataset, path: Path) -> None:
    from docsmith.sources.export_tables import write_workbook

    write_workbook(dataset, path)


def _write_folder(dataset: Dataset, path: Path) -> None:
    from docsmith.sources.export_tables import write_folder

    write_folder(dataset, path)


_WRITERS: Mapping[str, Callable[[Dataset, Path], None]] = {
    ".json": _write_json,
    ".yaml": _write_yaml,
    ".yml": _write_yaml,
    ".xlsx": _write_workbook,
    "": _write_folder,
}
