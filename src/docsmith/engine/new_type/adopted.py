"""What a form that was adopted needs beside its template: the manifest, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docsmith.engine.new_type.adoption import Adoption, NewItems, NewSheet
from docsmith.engine.new_type.itemised import NUMBER
from docsmith.engine.new_type.lists import NewTable
from docsmith.engine.new_type.manifest_text import FULL_MEMBERS, ManifestText, SheetText, TableText
from docsmith.engine.new_type.meanings import RECORD, member_of
from docsmith.engine.new_type.room import Why
from docsmith.engine.new_type.shapes import ITEMS_NAME
from docsmith.engine.new_type.sorting import Doubtful, Left, Placed
from docsmith.model.columns import Kind
from docsmith.model.schema import Schema
from docsmith.official.adopting.rows import Rows

_WHY: Mapping[Why, str] = {
    Why.PEN: "签字、盖章、意见、日期或句子里的空，留给手写",
    Why.NAMELESS: "旁边没有说明填什么",
    Why.UNKNOWN: "看不出是哪一项",
    Why.SQUARES: "一格一字，留给手写；要由程序填，把方格换成一个标签",
    Why.MEMBER: "每名党员各有一个；要一人一份，plugin.toml 里写 per = 'members'，这里写 {{ 记录.… }}",
}
# What tells the documents of one branch apart in their names.
_TOLD_APART = {
    "members": ("姓名",),
    "talks": ("日期", "谈话对象"),
    "activities": ("日期", "类型"),
    "problems": ("存在问题",),
    "plans": ("工作内容",),
}


def manifest_of(adoption: Adoption, plugin_id: str, title: str) -> str:
    """Return the text of ``plugin.toml``."""
    return ManifestText(
        id=plugin_id,
        title=title,
        shape=adoption.shape.value,
        output="-".join(("{{ 支部.支部名称 }}", *_distinction(adoption), title)),
        per=adoption.per,
        suggested=_suggested(adoption.per, title),
        uses=adoption.uses,
        tables=[*map(_table, adoption.tables), *([_item_table(adoption.items)] if adoption.items else [])],
        columns=adoption.columns,
        sheets=[_sheet(one) for one in adoption.sheets],
    ).text()


def _suggested(per: str, title: str) -> Sequence[str]:
    """Return conditions that the title of a form makes likely: 主题党日活动记录 is of one kind only."""
    sheet = Schema.built_in().sheets.get(per)
    found = [
        f"{column.title}={max(named, key=len)}"
        for column in (sheet.columns if sheet else ())
        if (named := [choice for choice in column.choices if choice in title])
    ]
    return found or (FULL_MEMBERS if per == "members" else ())


def _distinction(adoption: Adoption) -> Iterator[str]:
    own = next((sheet for sheet in adoption.sheets if sheet.name == adoption.per), None)
    if own is not None:
        kinds = [*(one for one in own.columns if one.kind is Kind.NAME), *own.columns]
        yield f"{{{{ {member_of(RECORD, kinds[0])} }}}}"
    for title in _TOLD_APART.get(adoption.per, ()):
        yield f"{{{{ 记录.{title} }}}}"


def _table(table: NewTable) -> TableText:
    why = f"不足{table.minimum}行时补空行，与原表一样多；0 为不补"
    keys: list[tuple[str, object, str]] = [("minimum", table.minimum, why)]
    if table.grouped:
        keys.insert(0, ("sort", list(table.grouped), "相同的排在一起，合并成一格"))
    if table.totals:
        keys.insert(0, ("totals", [one.title for one in table.totals.values()], "要合计的列"))
    return TableText(table.name, table.title, table.of, keys, table.kinds)


def _item_table(items: NewItems) -> TableText:
    joined = {"sheet": items.answered.name, "on": NUMBER}
    keys: list[tuple[str, object, str]] = [("join", joined, "把支部的答案按编号接到项目后面；没有的留空手填")]
    if added := [column.title for column in items.items.totals.values()]:
        keys.insert(0, ("totals", added, "要合计的列"))
    return TableText("form_items", items.title, items.asked.name, keys)


def _sheet(sheet: NewSheet) -> SheetText:
    if not sheet.content:
        return SheetText(sheet.name, sheet.title, sheet.columns)
    note = "每项一行；不填则用文种自带的项目。"
    return SheetText(sheet.name, sheet.title, sheet.columns, "unit", ITEMS_NAME, note)


def readme_of(adoption: Adoption, plugin_id: str, title: str, source: str) -> str:
    """Return the text of ``README.md``: what was done, and what a person has to do now."""
    return "\n".join([*_head(adoption, plugin_id, title, source), *_details(adoption), ""])


def _head(adoption: Adoption, plugin_id: str, title: str, source: str) -> Iterator[str]:
    yield f"# {title}（{plugin_id}）"
    yield ""
    per = f"“{adoption.per_title}”表每行" if adoption.per_title else "每个支部"
    yield f"由“{source}”生成；原文件没有改动。{per}生成一份。"
    yield ""
    yield "## 还要做的事"
    yield ""
    yield "1. 用 Word 或 WPS 打开 template.docx，对照下面的清单看一遍；标签（{{ … }}）可以移动，可以改字体。"
    steps = list(_steps(adoption, plugin_id))
    yield from (f"{number}. {step}" for number, step in enumerate(steps, 2))
    yield ""
    yield f"可以用的全部名称：docsmith types {plugin_id} --fields"


def _steps(adoption: Adoption, plugin_id: str) -> Iterator[str]:
    if adoption.doubtful:
        yield "“拿不准的”各项：选一个标签，填进模板里那个空格；都不对就在 plugin.toml 里加一列。"
    if any(one.why is not Why.PEN for one in adoption.left):
        yield "“没有动的”各项：要由程序填的，自己写上标签。"
    if adoption.untouched:
        yield "“原样留下的表格行”：见下面各条的说明。"
    for table in adoption.tables:
        if table.of == "members" or table.kinds:
            listed = f"“{table.title}”列的是“{table.of_title}”表的每一行"
            yield f"{listed}：只要其中一部分，去掉 plugin.toml 里 where 前面的 #。"
    if adoption.items:
        yield f"看一下 {ITEMS_NAME}：印在表里的项目都在里面，可以用 Excel 或 WPS 改。"
    if adoption.columns or adoption.sheets:
        yield "看一下 plugin.toml 里新加的列：名称、类型（kind）、是否必填。"
        yield f"取一份带新列的填报工作簿，填上数据：docsmith blank {plugin_id} -o 填报.xlsx"
    yield "没有填的内容印成“（待补充）”；要空着留给手写，在标签里加上 |留空，如 {{ 记录.备注|留空 }}。"
    yield f"检查（模板里有没有写错）：docsmith plugin check {plugin_id}"
    yield f"生成一份看看：docsmith render {plugin_id}"


def _details(adoption: Adoption) -> Iterator[str]:
    yield from _section("填进去的", [_placed(one) for one in adoption.placed if one.new is None])
    yield from _section("新加的列（已填进模板）", [_placed(one) for one in adoption.placed if one.new])
    yield from _section("循环的表格", [_repeated(one) for one in adoption.tables])
    if adoption.items:
        yield from _section("项目（印在表里的，搬到了 items.csv）", [_moved(adoption.items)])
    yield from _section("拿不准的（没有填）", [_doubtful(one) for one in adoption.doubtful])
    yield from _section("没有动的", _left(adoption.left))
    yield from _section(
        "原样留下的表格行",
        [_untouched(one, in_branch=adoption.per == "branch") for one in adoption.untouched],
    )


_LIST_IN_A_RECORD = (
    "一份文档只说一行记录，这里却要列多行；在 plugin.toml 里另设一张表，用 [[tables]] 取这些行。"
)
_SAME_HEADS = "有的列没有名称，或者名称相同，分不清；改好表头再生成，或者自己在模板里写循环。"
_ITEMS = "项目是表里印好的；要由程序填，把项目写进 items.csv，照 docsmith plugin new 的 checklist 样子做。"


def _untouched(rows: Rows, *, in_branch: bool) -> str:
    why = _ITEMS if not rows.is_list else _SAME_HEADS if in_branch else _LIST_IN_A_RECORD
    return f"{rows.place.chinese}起{rows.number_of_rows}行（{'、'.join(rows.heads)}）：{why}"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {title}", "", *(f"- {line}" for line in dict.fromkeys(lines)))


def _placed(one: Placed) -> str:
    kind = f"，类型 {one.new.kind.value}" if one.new else ""
    return f"{one.blank.place.chinese}　{one.blank.label} → `{one.tag}`{kind}"


def _repeated(table: NewTable) -> str:
    known = "、".join(table.known) or "无"
    new = "、".join(f"{one.title}（{one.kind.value}）" for one in table.columns)
    added = f"；新加的列：{new}" if new else ""
    pen = f"；留给手写的列：{'、'.join(table.pen)}" if table.pen else ""
    merged = f"；合并相同的格：{'、'.join(table.grouped)}" if table.grouped else ""
    summed = "、".join(one.title for one in table.totals.values())
    total = f"；合计行：{summed}" if summed else ""
    rows = table.rows
    where = f"{rows.place.chinese}起{rows.number_of_rows // rows.abreast}行"
    order = "先上后下" if rows.reads_down else "先左后右"
    side = f"，每行并排{rows.abreast}条，{order}（行[0]、行[1]…）" if rows.abreast > 1 else ""
    return f"{where} → “{table.of_title}”表的各行{side}；认得的列：{known}{added}{pen}{merged}{total}"


def _moved(items: NewItems) -> str:
    asked = "、".join(one.title for one in items.items.items)
    answered = "、".join(one.title for one in items.items.answers)
    where = f"{items.items.rows.place.chinese}起{items.items.rows.number_of_rows}行"
    answers = f"各支部的答案在“{items.answered.title}”表（{answered}）"
    return f"{where} → “{items.asked.title}”表（{asked}）；{answers}"


def _doubtful(one: Doubtful) -> str:
    return f"{one.blank.place.chinese}　{one.blank.label}：" + " 或 ".join(f"`{tag}`" for tag in one.tags)


def _left(left: Sequence[Left]) -> list[str]:
    """Return a line for all that has the same words and stays for the same reason."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in left:
        label = one.blank.label or one.blank.text[:20]
        said = f"{label}：{_WHY[one.why]}" if label else _WHY[one.why]
        places.setdefault((said, one.blank.place.chinese.partition("行第")[0]), []).append(
            one.blank.place.chinese
        )
    return [f"{_places(found)}　{said}" for (said, _row), found in places.items()]


def _places(found: Sequence[str]) -> str:
    """Return places of one row as one: 表1第8行第3、4、5格."""
    once = list(dict.fromkeys(found))
    cells = "、".join(place.rpartition("行第")[2].removesuffix("格") for place in once)
    return once[0] if len(once) == 1 else f"{once[0].rpartition('行第')[0]}行第{cells}格"
