"""The sheets of a run: those of the public contract, and what the document types add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.model.columns import Choices, Column, Kind, Sheet
from docsmith.model.nearest import suggestion
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema, derive_record
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest_tables import ColumnTable, SheetTable
from docsmith.plugin.reading import broken

# Names that mean something else to templates; a sheet or a column called so would hide it.
_RESERVED = frozenset(
    ("branch", "支部", "year", "年度", "as_of", "截至日期", "figures", "数据", "type", "文种", "extra")
)


# Who declared a column of a sheet, by the English name of the sheet, and the name or title of the column.
_Owners = dict[tuple[str, str], tuple[DocumentType, ColumnTable]]


def schema_of(document_types: Iterable[DocumentType]) -> tuple[Schema, Mapping[str, PluginError]]:
    """Return the built-in sheets with those of every document type that fits in, and why others do not.

    Two types may declare the very same column. A type that clashes with the contract or with an earlier
    type, or uses a sheet that nobody has, adds nothing; its id comes with an error that names both sides.
    """
    fitting, misfits = list(document_types), dict[str, PluginError]()
    while True:
        schema, found = _assembled(fitting)
        if not found:
            return schema, misfits
        misfits |= found
        fitting = [one for one in fitting if one.id not in found]


def _assembled(types: Sequence[DocumentType]) -> tuple[Schema, Mapping[str, PluginError]]:
    schema, owners = Schema.built_in(), _Owners()
    misfits: dict[str, PluginError] = {}
    for document_type in types:
        extended, own = schema, dict(owners)
        try:
            for sheet_name, tables in document_type.manifest.columns.items():
                extended = _with_columns(extended, document_type, sheet_name, tables, own)
            schema, owners = _with_sheets(extended, document_type, types), own
        except PluginError as error:
            misfits[document_type.id] = error
    for document_type in types:
        for name in document_type.manifest.uses:
            if name not in schema.sheets:
                message = _("there is no sheet {name}.").format(name=name)
                misfits.setdefault(document_type.id, _wrong(document_type, message, name, schema.sheets))
    return schema, misfits


def _with_columns(
    schema: Schema,
    document_type: DocumentType,
    sheet_name: str,
    tables: Iterable[ColumnTable],
    owners: _Owners,
) -> Schema:
    built_in = Schema.built_in().sheets
    if sheet_name not in built_in:
        raise _wrong(
            document_type, _("there is no sheet {name}.").format(name=sheet_name), sheet_name, built_in
        )
    fresh = []
    for table in tables:
        known = owners.get((sheet_name, table.name))
        if known and known[1] == table:
            continue
        _refuse_clash(schema.sheets[sheet_name], table, document_type, known and known[0])
        owners[sheet_name, table.name] = owners[sheet_name, table.title] = (document_type, table)
        fresh.append(_column(document_type, table))
    return schema.with_columns(sheet_name, fresh) if fresh else schema


def _refuse_clash(
    sheet: Sheet, table: ColumnTable, document_type: DocumentType, other: DocumentType | None
) -> None:
    """Refuse a column whose name or title the sheet already has, or that would hide a record's own parts."""
    titles = {column.title for column in sheet.columns}
    if hasattr(sheet.record, table.name) or table.name in sheet.record.columns or table.title in titles:
        owner = other.id if other else _("the workbook itself")
        raise _wrong(
            document_type,
            _(
                "the column {title} ({name}) of the sheet {sheet} is already there, declared by {owner}."
            ).format(title=table.title, name=table.name, sheet=sheet.title, owner=owner),
        )


def _with_sheets(schema: Schema, document_type: DocumentType, types: Iterable[DocumentType]) -> Schema:
    for table in document_type.manifest.sheets:
        taken = {name for sheet in schema.sheets.values() for name in (sheet.name, sheet.title)}
        if {table.name, table.title} & (taken | _RESERVED):
            raise _wrong(
                document_type,
                _("the sheet {title} ({name}) is already there, declared by {owner}.").format(
                    title=table.title, name=table.name, owner=_owner(table, document_type, types)
                ),
            )
        base = BranchRecord if table.scope == "branch" else Record
        empty = Sheet(table.name, table.title, base, synonyms=table.synonyms)
        for column in table.columns:
            _refuse_clash(empty, column, document_type, None)
        record = derive_record(base, [_column(document_type, column) for column in table.columns])
        schema = schema.with_sheet(
            Sheet(table.name, table.title, record, synonyms=table.synonyms, note=table.note)
        )
    return schema


def _owner(table: SheetTable, document_type: DocumentType, types: Iterable[DocumentType]) -> str:
    """Return who else declares a sheet of that name or title."""
    for other in types:
        names = {name for one in other.manifest.sheets for name in (one.name, one.title)}
        if other is not document_type and {table.name, table.title} & names:
            return other.id
    return _("the workbook itself")


def _column(document_type: DocumentType, table: ColumnTable) -> Column:
    if table.kind is Kind.CHOICE and not table.choices:
        raise _wrong(document_type, _("the column {title} has no choices.").format(title=table.title))
    choices: Choices = dict.fromkeys(table.choices, ())
    return Column(
        name=table.name,
        title=table.title,
        kind=table.kind,
        required=table.required,
        choices=choices,
        default=table.default,
        example=table.example,
        note=table.note,
        synonyms=table.synonyms,
    )


def _wrong(
    document_type: DocumentType, message: str, name: str = "", known: Iterable[str] = ()
) -> PluginError:
    hint = suggestion(name, known) if name else ""
    return broken(document_type.folder, [f"{message} {hint}".strip()])
