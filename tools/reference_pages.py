"""The reference pages that are read off the code: commands, filters, errors and their exit codes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import click

from docsmith import errors
from docsmith.cli.group import docsmith
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.official.document import Part, build
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.text import paragraph
from docsmith.template import Template
from docsmith.template.language import filters as own
from docsmith.template.reading import read_document
from tools.markdown import table


def commands() -> Iterator[str]:
    """Yield a section for each command: what its ``--help`` says."""
    context = click.Context(docsmith, info_name="docsmith")
    for command in _all_commands(context, docsmith):
        yield from command


def _all_commands(context: click.Context, group: click.Group) -> Iterator[Iterator[str]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        own = click.Context(command, parent=context, info_name=name)
        yield _command(own, command)
        if isinstance(command, click.Group):
            yield from _all_commands(own, command)


def _command(context: click.Context, command: click.Command) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f"## {context.command_path}\n"
    yield f"```text\n{usage}\n```\n"
    yield f"{_plain(command.help)}\n"
    options = [one for one in command.params if isinstance(one, click.Option)]
    records = [record for one in options if (record := one.get_help_record(context))]
    if records:
        yield from table(("Option", "Meaning"), ((f"`{name}`", _plain(meaning)) for name, meaning in records))
        yield ""
    if lines := [line.strip() for line in (command.epilog or "").split("\n") if line.startswith("  ")]:
        yield from (f"<!-- {what} -->" for what in _BEFORE.get(context.command_path, ()))
        yield "\n".join(["", "```sh", *map(_with_needs, lines), "```\n"]).lstrip()


# What has to be there before the examples of a command, as tools/page_examples.py knows it.
_TALK = (
    "saved: plugins/talk-record as talk-record",
    "saved: templates/talk-record/template.docx as talk-record/template.docx",
    "added: overrides = true to talk-record/plugin.toml",
)
_FORM = ("saved: docs/tutorial/会议签到表.docx as 谈话记录表.docx",)
_BEFORE: Mapping[str, Sequence[str]] = {
    "docsmith check": (
        "saved: fixtures/示例单位/数据.xlsx as 数据.xlsx",
        "saved: templates/talk-record/template.docx as 谈话记录.docx",
    ),
    "docsmith convert": ("saved: fixtures/示例单位/数据.xlsx as 数据.xlsx",),
    "docsmith undo": ("prepared: docsmith render self-check", "prepared: docsmith render work-plan"),
    "docsmith plugin": _FORM,
    "docsmith plugin check": (*_TALK, "prepared: docsmith plugin pack talk-record"),
    "docsmith plugin new": _FORM,
    "docsmith plugin list": ("saved: examples/meeting-sign-in as my-plugins/meeting-sign-in",),
    "docsmith plugin install": (*_TALK, "prepared: docsmith plugin pack talk-record"),
    "docsmith plugin remove": (*_TALK, "prepared: docsmith plugin install talk-record"),
    "docsmith plugin pack": (*_TALK, "prepared: docsmith plugin install talk-record"),
    "docsmith plugin trust": (
        "saved: examples/party-dues/src/docsmith_party_dues as party-dues",
        "prepared: docsmith plugin install party-dues",
    ),
}
_NEEDS = {"--pdf": "LibreOffice", "postgresql": "a database server"}


def _with_needs(line: str) -> str:
    """Return a line with what it needs above it, where that is more than docsmith."""
    needs = next((need for word, need in _NEEDS.items() if word in line), "")
    return f"# (needs {needs})\n{line}" if needs else line


def _plain(text: str | None) -> str:
    """Return a help text as Markdown takes it: no line breaks, and no mark of its own."""
    return " ".join((text or "").replace("\b", "").split()).replace("<", "&lt;").replace("*", r"\*")


# What a filter is shown with: the value of x, and what else stands in the tag.
_SHOWN: Mapping[str, tuple[str, Any]] = {
    "日期": ("x|日期", PartialDate.from_iso("2026-03-05")),
    "点分日期": ("x|点分日期", PartialDate.from_iso("2026-03-05")),
    "年月": ("x|年月", PartialDate.from_iso("2026-03-05")),
    "汉字日期": ("x|汉字日期", PartialDate.from_iso("2026-03-05")),
    "姓名": ("x|姓名", "张三"),
    "序号": ("x|序号", 12),
    "百分比": ("x|百分比", Decimal("0.965")),
    "顿号": ("x|顿号", ["甲", "乙", "丙"]),
    "默认": ('x|默认("无")', Missing("支部.副书记")),
    "留空": ("x|留空", Missing("支部.副书记")),
    "打勾": ("x|打勾", "是"),
    "分段": ("(x|分段)[0]", "第一段\n\n第二段"),
    "勾选": ('x|勾选("是", "否")', "否"),
    "至少": ("(x|至少(15))|length", ["甲", "乙"]),
    "分栏": ("(x|分栏(2))[0]|顿号", ["甲", "乙", "丙"]),
}

# What no line of a table can show.
_IN_PICTURES = {"照片": "（照片）"}


def filters() -> Iterator[str]:
    """Yield the filters in both languages, with what they print, and what the code says of them."""
    pairs = [_both(names) for names in own.NAMES if any(not name.isascii() for name in names)]
    rows = []
    for english, chinese in pairs:
        expression, value = _SHOWN.get(chinese, (f"x|{chinese}", None))
        printed = _IN_PICTURES.get(chinese) or _rendered(expression, value)
        rows.append((f"`{{{{ {expression} }}}}`", f"`{english}`", printed, _said(english, chinese)))
    yield from table(("写法", "English", "印出", ""), rows)


def _both(names: tuple[str, ...]) -> tuple[str, str]:
    return next(name for name in names if name.isascii()), next(name for name in names if not name.isascii())


def _said(english: str, chinese: str) -> str:
    """Return what the module of the filters says of one, in the line with its names."""
    lines = re.findall(r"^(``.+``) {2,}(.+)$", inspect.getdoc(own) or "", re.MULTILINE)
    said = next(text for names, text in lines if f"``{english}``" in names and chinese in names)
    return str(said).replace("``", "`")


def _rendered(expression: str, value: object) -> str:
    """Return what a template prints for an expression: it is rendered, not copied."""
    blocks = [paragraph(f"{{{{ {expression} }}}}", "Normal")]
    template = Template.open(build([Part(Section(FORM, PageNumbers.NONE), blocks)], "x"))
    return read_document(template.render({"x": value})).text.strip() or "（空）"


def exceptions() -> Iterator[str]:
    """Yield every exception that docsmith raises on purpose, with its exit code."""
    tree = (inspect.getdoc(errors) or "").split("::\n\n")[1].split("\n\n")[0]
    yield f"```text\n{inspect.cleandoc(tree)}\n```\n"
    for kind in _exceptions(errors.DocsmithError):
        yield f"### {kind.__name__}\n"
        yield f"Exit code {kind.exit_code}. {_prose(kind)}\n"


def _exceptions(kind: type[errors.DocsmithError]) -> Iterator[type[errors.DocsmithError]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _exceptions(inner)


def _prose(documented: object) -> str:
    return " ".join((inspect.getdoc(documented) or "").replace("``", "`").split())
