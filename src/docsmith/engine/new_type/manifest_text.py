"""The text of a new ``plugin.toml``: every key that it uses, with what it is for, in Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docsmith.model.columns import Column, Kind

_SHAPES = (
    "article 公文，form 表，ledger 台账，checklist 检查表，"
    "ballot 测评票，calendar 日程，pledge 承诺书，quiz 答卷"
)
_PER = (
    "为谁各生成一份：branch 每个支部一份；unit 全单位一份；或一张表（如 members 党员、talks 谈心谈话、"
    "activities 组织生活）每行一份，模板里用“记录”称呼这一行。"
)
_KINDS = (
    "kind（类型）：text 文字，name 姓名，names 多个姓名，code 号码、比例（照输入的样子），count 个数，"
    "number 数（可带小数），year 年度，date 日期，time 时间，choice 选项，"
    "picture 照片（填图片文件名）。required = true 为必填；example 是填报工作簿里的样子。"
)

FULL_MEMBERS = ["党籍状态=正式党员|预备党员"]


@dataclass(frozen=True)
class SheetText:
    """A sheet that the type declares."""

    name: str
    title: str
    columns: Sequence[Column]
    scope: str = "branch"
    rows: str = ""
    note: str = ""


@dataclass(frozen=True)
class TableText:
    """Rows made ready for the template; ``keys`` are the further keys, each with its value and why.

    ``suggested`` are conditions for a person to take or leave.
    """

    name: str
    title: str
    of: str
    keys: Sequence[tuple[str, object, str]] = ()
    suggested: Sequence[str] = ()


@dataclass(frozen=True)
class ManifestText:
    """What a new manifest says; ``suggested`` are conditions for a person to take or leave."""

    id: str
    title: str
    shape: str
    output: str
    per: str = "branch"
    where: Sequence[str] = ()
    suggested: Sequence[str] = ()
    sort: Sequence[str] = ()
    uses: Sequence[str] = ("unit", "branches")
    tables: Sequence[TableText] = ()
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    sheets: Sequence[SheetText] = ()

    def text(self) -> str:
        """Return the file."""
        return "\n".join([*self._head(), *self._tables(), *self._columns(), *self._sheets(), ""])

    def _head(self) -> Iterator[str]:
        yield "# 文种的说明。以 # 开头的行是解释；改完后运行：docsmith plugin check 本文件夹"
        yield from _keyed("schema", 1, "本文件格式的版本，不用改。")
        yield from _keyed("id", self.id, "英文代号：小写字母、数字和连字符，不能与别的文种相同。")
        yield from _keyed("title", self.title, f"名称：docsmith render {self.title}")
        yield from _keyed("version", "1.0", "版本：改了模板就加一点，便于分清。")
        yield from _keyed("shape", self.shape, f"样式：{_SHAPES}。")
        yield from _keyed("per", self.per, _PER)
        if self.where:
            why = "只为符合这些条件的行生成：列=值|值，列!=值，列=（空），列!=（不空）。"
            yield from _keyed("where", list(self.where), why)
        elif self.suggested:
            yield from (
                "",
                "# 只为其中一部分行生成：去掉下一行开头的 #，写上条件。",
                f"# where = {toml(list(self.suggested))}",
            )
        if self.sort:
            yield from _keyed("sort", list(self.sort), "各份的先后：按哪些列排；前面加 - 为倒序。")
        yield from _keyed("output", self.output, "文件名，不带 .docx；可用 单位、支部、年度、记录。")
        uses = "需要数据工作簿里的哪些表：表里有读不懂的行时，不生成有关的文档。"
        yield from _keyed("uses", list(self.uses), uses)

    def _tables(self) -> Iterator[str]:
        for table in self.tables:
            said = f"模板里的“{table.title}”：{{%tr for 行 in {table.title}.行 %}} … {{%tr endfor %}}"
            yield from ("", f"# {said}", "[[tables]]")
            yield from _bare("name", table.name, "英文名")
            yield from _bare("title", table.title, "模板里用的中文名")
            yield from _bare("of", table.of, "行从哪张表来")
            for key, value, why in table.keys:
                yield from _bare(key, value, why)
            suggested = table.suggested or (FULL_MEMBERS if table.of == "members" else ())
            if suggested and "where" not in [key for key, _value, _why in table.keys]:
                yield f"# where = {toml(list(suggested))}  # 只要一部分行：去掉开头的 #，写上条件"

    def _columns(self) -> Iterator[str]:
        if not self.columns:
            return
        yield from ("", "# 给数据工作簿里已有的表加的列：会出现在 docsmith blank 的工作簿里，一样受检查。")
        yield f"# {_KINDS}"
        yield "[columns]"
        for sheet, columns in self.columns.items():
            yield from (f"{sheet} = [", *map(_column, columns), "]")

    def _sheets(self) -> Iterator[str]:
        for sheet in self.sheets:
            whose = "每行属于一个支部（第一列“支部”自动加上）" if sheet.scope == "branch" else "全单位共用"
            yield from ("", f"# 本文种自己的一张表，{whose}。", f"# {_KINDS}", "[[sheets]]")
            yield from _bare("name", sheet.name, "英文名")
            yield from _bare("title", sheet.title, "工作簿里的表名")
            yield from _bare("scope", sheet.scope, "branch 各支部填；unit 全单位填一次")
            if sheet.rows:
                yield from _bare("rows", sheet.rows, "工作簿里没有这张表时，用这个文件里的行")
            if sheet.note:
                yield from _bare("note", sheet.note, "填报工作簿里的提示")
            yield from ("columns = [", *map(_column, sheet.columns), "]")


def _keyed(key: str, value: object, comment: str) -> Iterator[str]:
    yield from ("", f"# {comment}", f"{key} = {toml(value)}")


def _bare(key: str, value: object, comment: str) -> Iterator[str]:
    yield f"{key} = {toml(value)}  # {comment}"


def _column(column: Column) -> str:
    said: dict[str, object] = {"name": column.name, "title": column.title}
    if column.kind is not Kind.TEXT:
        said["kind"] = column.kind.value
    said |= {
        key: value
        for key, value in (
            ("required", column.required),
            ("choices", list(column.choices)),
            ("default", column.default),
            ("example", column.example),
            ("note", column.note),
            ("synonyms", list(column.synonyms)),
        )
        if value
    }
    inside = ", ".join(f"{key} = {toml(value)}" for key, value in said.items())
    return f"  {{ {inside} }},"


def toml(value: object) -> str:
    """Return a value as TOML writes it: text, truth values, whole numbers, lists and tables of them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(map(toml, value)) + "]"
    # TOML's basic strings escape as JSON's do, and DEL, too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
