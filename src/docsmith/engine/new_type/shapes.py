"""What comes with the starting template of each shape: the manifest that makes its rows ready, its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from docsmith.engine.new_type.manifest_text import FULL_MEMBERS, ManifestText, SheetText, TableText
from docsmith.engine.new_type.meanings import SheetNames
from docsmith.model.columns import Column, Kind
from docsmith.model.schema import Schema
from docsmith.plugin.shape import Shape

ITEMS_NAME = "items.csv"

_WHERE = "只取符合条件的行：列=值|值，列!=值，列=（空），列!=（不空）"
_SORT = "按哪些列排序；前面加 - 为倒序"
_NAME = "{{ 支部.支部名称 }}-%s"


class Start(NamedTuple):
    """A manifest, the items beside it (``""`` for none), and what a person may want to change first."""

    manifest: ManifestText
    items: str = ""
    steps: tuple[str, ...] = ()


class _Own:
    """The names of a type, and of what it declares."""

    def __init__(self, plugin_id: str, title: str, schema: Schema) -> None:
        self.id, self.title = plugin_id, title
        self._sheet_names = SheetNames(schema, plugin_id, title)

    def sheet(self, name: str, title: str, columns: Sequence[Column], **more: str) -> SheetText:
        """Return a sheet of the type's own; what its names begin with keeps them apart from other types'."""
        return SheetText(*self._sheet_names.take(f"_{name}", title), columns, **more)


def start(shape: Shape, plugin_id: str, title: str, schema: Schema) -> Start:
    """Return what comes with the template of a shape; ``schema`` has the sheets that are there already."""
    return _STARTS[shape](_Own(plugin_id, title, schema))


def starting_readme(begun: Start, plugin_id: str, title: str) -> str:
    """Return what is left to do with a type that was started from a shape."""
    steps = [
        f"生成一份看看：docsmith render {plugin_id}",
        "用 Word 或 WPS 打开 template.docx，改成本单位的样子；标签（{{ … }}）像普通文字一样移动、改字体。",
        *begun.steps,
        "plugin.toml 里每一项都有说明；要更多的数据，就在那里加列、加表。",
    ]
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    names = f"可以用的全部名称：docsmith types {plugin_id} --fields"
    return "\n".join([f"# {title}（{plugin_id}）", "", "## 还要做的事", "", *numbered, "", names, ""])


def _article(own: _Own) -> Start:
    def part(name: str, title: str, section: str) -> TableText:
        return TableText(name, title, "summaries", [("where", [f"部分={section}"], _WHERE)])

    tables = [
        part("work", "主要工作", "主要工作"),
        part("gaps", "不足", "存在不足"),
        part("plans_next", "打算", "下一步打算"),
    ]
    uses = ("unit", "branches", "members", "activities", "summaries")
    manifest = ManifestText(own.id, own.title, "article", _NAME % own.title, uses=uses, tables=tables)
    return Start(manifest, steps=("正文的固定文字和各部分标题改成本文种的；成段的文字来自“总结”表。",))


def _form(own: _Own) -> Start:
    uses = ("unit", "branches", "members", "activities", "problems")
    manifest = ManifestText(own.id, own.title, "form", _NAME % own.title, uses=uses)
    return Start(manifest, steps=("把不要的行删掉，要的项目加上：左边写名称，右边写 {{ 支部.… }}。",))


def _ledger(own: _Own) -> Start:
    roster = TableText(
        "roster",
        "名册",
        "members",
        [
            ("where", FULL_MEMBERS, _WHERE),
            ("sort", ["党小组", "加入党组织日期"], _SORT),
            ("minimum", 8, "不足 8 行时补空行，便于手填；0 为不补"),
        ],
    )
    uses = ("unit", "branches", "members")
    manifest = ManifestText(own.id, own.title, "ledger", _NAME % own.title, uses=uses, tables=[roster])
    return Start(
        manifest, steps=("台账讲的不是党员时，改 of，再改模板里各列的名称；表头和下面一行要一一对应。",)
    )


def _checklist(own: _Own) -> Start:
    items = own.sheet(
        "items",
        "项目",
        [
            Column("number", "编号", Kind.CODE, required=True, example="1"),
            Column("group", "类别", Kind.TEXT, required=True, example="组织设置"),
            Column("text", "检查内容", Kind.TEXT, required=True, example="按党员人数规范设置党小组"),
            Column("points", "分值", Kind.NUMBER, example="10"),
        ],
        scope="unit",
        rows=ITEMS_NAME,
        note="每项一行；不填则用文种自带的项目。",
    )
    answers = own.sheet(
        "scores",
        "得分",
        [
            Column("number", "编号", Kind.CODE, required=True, example="1"),
            Column("own_score", "自评得分", Kind.NUMBER, example="10"),
            Column("score", "检查得分", Kind.NUMBER, example="9"),
            Column("evidence", "佐证材料", Kind.TEXT, example="党小组划分名单"),
            Column("reason", "扣分原因", Kind.TEXT),
        ],
        note="每个支部每项一行；编号与项目的编号相同。",
    )
    joined = ("join", {"sheet": answers.name, "on": "编号"}, "把支部的得分按编号接到项目后面；没有的留空手填")
    keys = [
        ("group", ["类别"], "按哪一列分组"),
        ("totals", ["分值", "自评得分", "检查得分"], "要合计的列"),
        joined,
    ]
    table = TableText("check_items", "检查项目", items.name, keys)
    uses = ("unit", "branches", items.name, answers.name)
    manifest = ManifestText(
        own.id, own.title, "checklist", _NAME % own.title, uses=uses, tables=[table], sheets=[items, answers]
    )
    return Start(manifest, _items("checklist"), (_OWN_ITEMS,))


def _ballot(own: _Own) -> Start:
    items = own.sheet(
        "items",
        "项目",
        [
            Column("number", "编号", Kind.CODE, required=True, example="1"),
            Column("text", "测评内容", Kind.TEXT, required=True, example="党支部班子建设"),
        ],
        scope="unit",
        rows=ITEMS_NAME,
        note="每项一行；不填则用文种自带的项目。",
    )
    table = TableText("ballot_items", "测评项目", items.name)
    uses = ("unit", "branches", items.name)
    manifest = ManifestText(
        own.id, own.title, "ballot", _NAME % own.title, uses=uses, tables=[table], sheets=[items]
    )
    steps = (_OWN_ITEMS, "等次写在模板的表头里，可以直接改。测评票不记名：不要加姓名、编号和日期。")
    return Start(manifest, _items("ballot"), steps)


def _calendar(own: _Own) -> Start:
    keys = [("every", "month", "每月一行，共十二行"), ("by", "完成时限", "按哪一列归到月份")]
    table = TableText("schedule", "安排", "plans", keys)
    uses = ("unit", "branches", "plans")
    manifest = ManifestText(own.id, own.title, "calendar", _NAME % own.title, uses=uses, tables=[table])
    return Start(manifest, steps=("安排取自“工作计划”表；换成别的表时，of 和 by 一起改。",))


def _pledge(own: _Own) -> Start:
    output = "{{ 支部.支部名称 }}-{{ 记录.姓名 }}-" + own.title
    uses = ("unit", "branches", "members")
    manifest = ManifestText(
        own.id, own.title, "pledge", output, per="members", where=FULL_MEMBERS, sort=("姓名",), uses=uses
    )
    return Start(
        manifest, steps=("承诺的内容是示例，换成上级印发或党员大会通过的文字。签名和日期由本人手写。",)
    )


def _quiz(own: _Own) -> Start:
    questions = own.sheet(
        "questions",
        "题目",
        [
            Column("number", "编号", Kind.CODE, required=True, example="1"),
            Column("kind", "题型", Kind.TEXT, required=True, example="单项选择题"),
            Column("text", "题目", Kind.TEXT, required=True, example="党支部党员大会一般（　　）召开1次。"),
            Column("options", "选项", Kind.TEXT, example="A.每月", note="每个选项一行（Alt+回车）"),
            Column("answer", "答案", Kind.TEXT, example="B"),
            Column("points", "分值", Kind.NUMBER, example="10"),
            Column("source", "依据", Kind.TEXT, example="《中国共产党支部工作条例（试行）》第十一条"),
        ],
        scope="unit",
        rows=ITEMS_NAME,
        note="每题一行；不填则用文种自带的题目。",
    )
    table = TableText("questions", "试题", questions.name, [("group", ["题型"], "按题型分组")])
    uses = ("unit", "branches", questions.name)
    manifest = ManifestText(
        own.id, own.title, "quiz", _NAME % own.title, uses=uses, tables=[table], sheets=[questions]
    )
    steps = ("题目是示例，换成自己的题库；同一题型的各题分值要相同。", "参考答案在最后一页，印发前抽出。")
    return Start(manifest, _items("quiz"), steps)


def _items(name: str) -> str:
    """Return a table of ours."""
    return files("docsmith.engine.new_type").joinpath("items", f"{name}.csv").read_text(encoding="utf-8")


def for_excel(text: str) -> bytes:
    """Return a csv file as Excel opens it with a double click: CR LF, and at its start a mark for UTF-8."""
    return ("\ufeff" + text.rstrip("\n").replace("\n", "\r\n") + "\r\n").encode()


_OWN_ITEMS = f"项目是示例：用 Excel 或 WPS 打开 {ITEMS_NAME}，换成上级印发的项目。"
_STARTS: Mapping[Shape, Callable[[_Own], Start]] = {
    Shape.ARTICLE: _article,
    Shape.FORM: _form,
    Shape.LEDGER: _ledger,
    Shape.CHECKLIST: _checklist,
    Shape.BALLOT: _ballot,
    Shape.CALENDAR: _calendar,
    Shape.PLEDGE: _pledge,
    Shape.QUIZ: _quiz,
}
