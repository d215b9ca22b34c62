"""Write the parts of ``docs/`` that the code knows better: ``python -m tools.make_docs``.

A page holds ``<!-- generated: NAME -->`` and ``<!-- end -->``; what stands between is written from the code.
A test fails when it is not up to date.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docsmith.model.columns import Column, Kind
from docsmith.model.schema import BUILT_IN
from docsmith.plugin import hookspecs
from docsmith.rules import catalogue
from tools.fields_page import fields
from tools.manifest_page import manifest
from tools.markdown import table
from tools.page_examples import counted
from tools.reference_pages import commands, exceptions, filters

DOCS = Path(__file__).resolve().parent.parent / "docs"
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

_KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "文本",
    Kind.NAME: "姓名或名称",
    Kind.NAMES: "多个姓名，用、隔开",
    Kind.CODE: "编码、号码（文本）",
    Kind.COUNT: "整数",
    Kind.NUMBER: "数，可以带小数",
    Kind.YEAR: "年度（四位数）",
    Kind.DATE: "日期",
    Kind.TIME: "时间",
    Kind.PICTURE: "图片文件的路径",
    Kind.CHOICE: "选项",
}


def sheets() -> Iterator[str]:
    """Yield a section for each sheet of the workbook."""
    for sheet in BUILT_IN:
        yield f"### {sheet.title} `{sheet.name}`\n"
        if sheet.synonyms:
            yield f"也叫：{'、'.join(sheet.synonyms)}。\n"
        yield from table(("列", "英文名", "内容", "示例", "也叫"), map(_column_row, sheet.columns))
        yield ""


def _column_row(column: Column) -> tuple[str, ...]:
    content = "、".join(column.choices) or _KINDS[column.kind]
    if column.default is not None:
        content += f"（空为{column.default}）"
    if column.note:
        content += f"；{column.note}"
    title = f"{column.title}*" if column.required else column.title
    return title, f"`{column.name}`", content, column.example, "、".join(column.synonyms)


def rules() -> Iterator[str]:
    """Yield a table of the rules for each regulation."""
    by_regulation: dict[str, list[Any]] = {}
    for rule in catalogue():
        by_regulation.setdefault(rule.regulation, []).append(rule)
    for regulation, found in by_regulation.items():
        yield f"### {regulation}\n"
        if effective := found[0].effective:
            yield f"自{effective.year}年{effective.month}月{effective.day}日起施行。\n"
        yield from table(("编号", "内容", "条款", "程度", "级别", "参数（默认值）"), map(_rule_row, found))
        yield ""


def _rule_row(rule: Any) -> tuple[str, ...]:
    doubt = "" if rule.confirmed else f"（{rule.doubtful}待核实）"
    own = [f"`{name} = {_toml(value)}`" for name, value in rule.parameters.items()]
    parameters = "，".join([*own, *(f"`{name}` 同{owner}" for name, owner in rule.shared.items())])
    return (
        rule.id,
        rule.title,
        f"{rule.article}{doubt}",
        rule.force.value,
        rule.force.severity.value,
        parameters,
    )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def hooks() -> Iterator[str]:
    """Yield a section for each hook: its signature, and its docstring, which is the contract."""
    for name, hook in vars(hookspecs).items():
        if name.startswith(f"{hookspecs.PROJECT}_"):
            arguments = ", ".join(inspect.signature(hook).parameters)
            yield f"### `{name}({arguments})`\n"
            contract = (inspect.getdoc(hook) or "").replace("``", "`")
            contract = re.sub(r":param (\w+):", r"- `\1`:", contract).replace(":return:", "- returns")
            yield re.sub(r":mod:`([^`]+)`", r"`\1`", contract) + "\n"


GENERATED: Mapping[str, Callable[[], Iterator[str]]] = {
    "sheets": sheets,
    "rules": rules,
    "hooks": hooks,
    "fields": fields,
    "manifest": manifest,
    "commands": commands,
    "examples": counted,
    "filters": filters,
    "exceptions": exceptions,
}


def refreshed(page: str) -> str:
    """Return a page with its generated parts as the code has them now."""

    def block(match: re.Match[str]) -> str:
        content = "\n".join(GENERATED[match["name"]]())
        return f"{match[1]}\n{content.strip()}\n\n{match[3]}"

    return _BLOCK.sub(block, page)


def main() -> None:
    """Refresh every page."""
    for path in sorted(DOCS.rglob("*.md")):
        page = path.read_text(encoding="utf-8")
        if (new := refreshed(page)) != page:
            path.write_text(new, encoding="utf-8")
            print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
