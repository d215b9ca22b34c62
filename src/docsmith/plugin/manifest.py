"""``plugin.toml``: what a document type says of itself, checked key by key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from docsmith.plugin.manifest_tables import ColumnTable, RowsTable, RuleTable, SheetTable
from docsmith.plugin.manifest_values import identifier, inner_path, title
from docsmith.plugin.requires import requirement
from docsmith.plugin.shape import Shape
from docsmith.plugin.tables import (
    Table,
    anything,
    by_name,
    choice,
    flag,
    key,
    many,
    member,
    one_or_many,
    table,
    text,
)


class Manifest(Table):
    """The whole of ``plugin.toml``."""

    schema: Literal[1] = key(choice(1), "The version of this format.", "schema = 1")
    id: str = key(
        identifier, "What commands and file names call the type: English, unique.", 'id = "talk-record"'
    )
    title: str = key(title, "What people call it; commands take it, too.", 'title = "谈心谈话记录"')
    version: str = key(text, "The version of the plugin, in any form.", 'version = "1.0"')
    requires: str | None = key(
        requirement,
        "The versions of docsmith that it works with: `>=`, `<` and `==`, of which all must hold. With any "
        "other docsmith the plugin is not used, and says so.",
        'requires = ">=0.1, <2"',
        default=None,
    )
    shape: Shape = key(
        member(Shape),
        "What the document looks like: prose (`article`), one record on a page (`form`), a row per record "
        "(`ledger`), items with answers (`checklist`), votes (`ballot`), months and tasks (`calendar`), a "
        "text to sign (`pledge`), questions (`quiz`).",
        'shape = "ledger"',
        default=Shape.FORM,
    )
    output: str = key(
        text,
        "The file's name, without .docx. It may name the unit, the branch, the year and the type.",
        'output = "{{ 支部.支部名称 }}-谈心谈话记录"',
    )
    template: str = key(
        inner_path, "The template, in the folder.", 'template = "form.docx"', default="template.docx"
    )
    python: str | None = key(
        inner_path, "A Python file with hooks; few types need one.", 'python = "notice.py"', default=None
    )
    synonyms: tuple[str, ...] = key(
        many(text), "Other names that people give the type.", 'synonyms = ["谈话记录"]', default=()
    )
    per: str = key(
        text,
        "What one document is made for: `branch`, the whole `unit`, or each row of a sheet of branches, in "
        "English or Chinese. The row is `记录` (`record`) then, in the template and in `output`.",
        'per = "talks"',
        default="branch",
    )
    where: tuple[str, ...] = key(
        one_or_many(text),
        "With `per` = a sheet: only rows of which all these conditions are true, as in `tables`.",
        'where = "谈话类型=任职谈话|履新谈话"',
        default=(),
    )
    sort: tuple[str, ...] = key(
        one_or_many(text),
        "With `per` = a sheet: the order of the documents, by columns, as in `tables`.",
        'sort = ["日期", "-谈话对象"]',
        default=(),
    )
    uses: tuple[str, ...] = key(
        many(text),
        "The sheets that the document needs, in English or Chinese: a row of them that cannot be read stops "
        "the document. The unit, the branches, and the sheets of `tables` and `rules` are always among them.",
        'uses = ["members", "谈心谈话"]',
        default=("unit", "branches"),
    )
    columns: Mapping[str, tuple[ColumnTable, ...]] = key(
        by_name(many(table(ColumnTable))),
        "Further columns of sheets of the workbook, by the sheet's name; a Chinese one stands in quotes.",
        'columns = { members = [{ name = "hometown", title = "籍贯" }] }',
        default=MappingProxyType({}),
    )
    sheets: tuple[SheetTable, ...] = key(
        many(table(SheetTable)),
        "Sheets of its own.",
        'sheets = [{ name = "visits", title = "走访", columns = [{ name = "who", title = "走访对象" }] }]',
        default=(),
    )
    tables: tuple[RowsTable, ...] = key(
        many(table(RowsTable)),
        "Rows made ready for the template.",
        'tables = [{ name = "roster", title = "名册", of = "members", sort = "姓名" }]',
        default=(),
    )
    rules: tuple[RuleTable, ...] = key(
        many(table(RuleTable)),
        "Checks of its own.",
        'rules = [{ id = "T-01", of = "talks", where = "地点=", message = "没有写谈话地点" }]',
        default=(),
    )
    options: Mapping[str, Any] = key(
        by_name(anything),
        "Settings with their defaults; a workspace changes them under `[types.<id>]` of its docsmith.toml.",
        "options = { copies = 2 }",
        default=MappingProxyType({}),
    )
    context: Mapping[str, Any] = key(
        by_name(anything),
        "An example of what the plugin's Python adds for the template, by its names: so that `docsmith types "
        "--fields` lists it, and a wrong name can be told from a computed one. Of an empty table nothing is "
        "known, and any part of it may be named.",
        'context = { places = [{ name = "党员活动室", times = 3 }] }',
        default=MappingProxyType({}),
    )
    pack: bool = key(
        flag,
        "Whether `docsmith batch` makes it, and the fill-in workbook has its sheets, where a workspace has "
        "named no evaluation pack of its own.",
        "pack = false",
        default=True,
    )
    overrides: bool = key(
        flag,
        "Whether it takes the place of another plugin's type with the same id.",
        "overrides = true",
        default=False,
    )
