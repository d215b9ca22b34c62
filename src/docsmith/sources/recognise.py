"""Which sheet of the contract a table is: by its name, else its file's, else its headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.columns import Sheet
from docsmith.model.schema import CHOICES_SHEET, INSTRUCTIONS_SHEET, Schema
from docsmith.sources.headers import Keys, Layout, key_rows, keys_of, lay_out
from docsmith.sources.imports import ImportRules
from docsmith.sources.keys import header_key
from docsmith.sources.notes import Notes
from docsmith.sources.tables import RawTable

# How much better than the second the best sheet must fit; one header that only it has counts as 1.
_MARGIN = 0.75
# So many columns of a sheet are no chance; fewer must be most of the table.
_ENOUGH = 4
_NO_DATA = ("说明", "须知", "选项", "字典", "下拉", "代码表", "目录", "封面", "填报要求")


class Recognised(NamedTuple):
    """A table, the sheet that it is, and its layout (``None`` for a sheet of pairs).

    ``foreign`` marks a table that does not go by the sheet's own name: another system has made it.
    """

    table: RawTable
    sheet: Sheet
    layout: Layout | None
    foreign: bool = False


def recognise(table: RawTable, schema: Schema, imports: ImportRules, notes: Notes) -> Recognised | None:
    """Return what a table is, or ``None`` with a finding that says why it is not read.

    The two sheets of the fill-in workbook that hold no data are passed over without a word.
    """
    if table.sheet in (INSTRUCTIONS_SHEET, CHOICES_SHEET):
        return None
    rows = key_rows(table)
    said = table.known_as or imports.sheet_of(table.file, table.sheet)
    exact = said or exactly_named(table.sheet, schema)
    if exact:
        sheet = schema.sheets[exact]
        found = _as_sheet(table, sheet, rows, imports)
        if found is None:
            _report_no_header(table, sheet, notes)
        return found
    for text in (table.sheet, PurePosixPath(table.file).stem):
        named = _named(text, schema)
        found = _as_sheet(table, schema.sheets[named[0]], rows, imports) if len(named) == 1 else None
        if found and _fits(found) and _is_certain(found):
            return found._replace(foreign=True)
    return _by_headers(table, schema, rows, imports, notes)


def _as_sheet(
    table: RawTable, sheet: Sheet, rows: Sequence[Sequence[str]], imports: ImportRules
) -> Recognised | None:
    if sheet.paired:
        keys = keys_of(sheet)
        labels = {keys[key][1].name for row in rows for key in row if key in keys}
        return Recognised(table, sheet, None) if labels else None
    layout = lay_out(table, sheet, rows, imports.columns.get(sheet.name, {}))
    return Recognised(table, sheet, layout) if layout else None


def exactly_named(text: str, schema: Schema) -> str:
    """Return the sheet whose title, English name or synonym a name is, or an empty text."""
    key = header_key(text)
    return next((sheet.name for sheet in schema.sheets.values() if key in _words(sheet)), "")


def _words(sheet: Sheet) -> tuple[str, ...]:
    return tuple(map(header_key, (sheet.name, sheet.title, *sheet.synonyms)))


def _named(text: str, schema: Schema) -> list[str]:
    """Return the sheets that a name speaks of: the one that it is, else those that it contains.

    A word inside a longer one does not count: 自查结果 is not 自查.
    """
    if exact := exactly_named(text, schema):
        return [exact]
    key = header_key(text)
    contained = [(word, sheet.name) for sheet in schema.sheets.values() for word in _words(sheet)[1:]]
    contained = [(word, name) for word, name in contained if len(word) > 1 and word in key]
    longest = [
        name
        for word, name in contained
        if not any(word != other and word in other and name != owner for other, owner in contained)
    ]
    return list(dict.fromkeys(longest))


def _fits(found: Recognised) -> bool:
    """Tell whether the headers may be this sheet's."""
    if found.layout is None:
        return True
    own = [column for column in found.layout.matched if column.required and column.name != "branch"]
    return len(found.layout.matched) >= 2 and bool(own)


def _is_certain(found: Recognised) -> bool:
    """Tell whether the headers are this sheet's and no other system's.

    A table of dues or of appraisals has names too; to read it as 党员 would count everybody twice.
    """
    if found.layout is None:
        return True
    own = [column for column in found.layout.matched if column.name != "branch"]
    titled = [heading for heading in found.layout.headings if heading.text]
    return len(own) >= _ENOUGH or len(found.layout.matched) * 3 > len(titled) * 2


def _by_headers(
    table: RawTable,
    schema: Schema,
    rows: Sequence[Sequence[str]],
    imports: ImportRules,
    notes: Notes,
) -> Recognised | None:
    owners = Counter(key for sheet in schema.sheets.values() for key in keys_of(sheet))
    scored = []
    for sheet in schema.sheets.values():
        found = _as_sheet(table, sheet, rows, imports)
        if found and _fits(found):
            scored.append((_score(found, rows, owners), found))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < 1:
        _report_unknown(table, schema, notes)
        return None
    close = [found for score, found in scored if scored[0][0] - score < _MARGIN]
    if len(close) == 1 and _is_certain(close[0]):
        return close[0]._replace(foreign=True)
    _report_uncertain(table, [found.sheet.title for found in close], notes)
    return None


def _score(found: Recognised, rows: Sequence[Sequence[str]], owners: Mapping[str, int]) -> float:
    """Return how much of a table is this sheet's: a header that many sheets have says little."""
    keys = keys_of(found.sheet)
    if found.layout is None:
        return _score_of_labels(rows, keys, owners)
    lacking = sum(column.name != "branch" for column in found.layout.lacking)
    matched = {key for key in rows[found.layout.row] if key in keys}
    return sum(1 / owners[key] for key in matched) + len(matched) / 4 - lacking


def _score_of_labels(rows: Sequence[Sequence[str]], keys: Keys, owners: Mapping[str, int]) -> float:
    """Return how much of a table is a sheet of pairs: titles anywhere, or wordings one below another."""
    titles = {key for row in rows for key in row if key in keys and keys[key][0] <= 1}
    stacks = [titles, *({key for key in column if key in keys} for column in zip(*rows))]
    return max(sum(1 / owners[key] for key in stack) for stack in stacks)


def how_to_say(title: str) -> str:
    """Return how a person makes certain that a table is read as the sheet of that title."""
    return _(
        'Name the sheet {sheet}, or say it once in docsmith.toml: [import.files] "FILE" = "{sheet}".'
    ).format(sheet=title)


def _report_uncertain(table: RawTable, titles: Sequence[str], notes: Notes) -> None:
    notes.error(
        "sheet-ambiguous",
        table.whole(),
        _("this table could be one of: {sheets}; it is not read").format(sheets="、".join(titles)),
        how_to_say(titles[0]),
    )


def _report_no_header(table: RawTable, sheet: Sheet, notes: Notes) -> None:
    if table.hidden:
        return
    notes.error(
        "header-missing",
        table.whole(),
        _("no row of the sheet {sheet} holds its column titles; it is not read").format(sheet=sheet.title),
        _("Expected a header such as: {titles}.").format(
            titles="、".join(column.title for column in sheet.columns[:5])
        ),
    )


def _report_unknown(table: RawTable, schema: Schema, notes: Notes) -> None:
    """Say that a table is not read: as an error, unless it plainly is no data."""
    plain = table.hidden or len(table.rows) < 2 or any(word in table.sheet for word in _NO_DATA)
    add = notes.info if plain or max(_width(row) for row in table.rows) < 2 else notes.error
    titles = "、".join(sheet.title for sheet in schema.sheets.values())
    add(
        "sheet-unknown",
        table.whole(),
        _("this table is none of the sheets that docsmith knows; it is not read"),
        _("Name it after one of: {sheets}; or say in docsmith.toml under [import.files] what it is.").format(
            sheets=titles
        ),
    )


def _width(row: Sequence[object]) -> int:
    return sum(cell not in ("", None) for cell in row)
