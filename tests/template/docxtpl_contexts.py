"""Contexts for docxtpl's own test templates: two for each, of the same kind but with other content.

A context is made twice, by a :class:`Maker` of docsmith's values and by one of docxtpl's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from docx.shared import Mm

Context = dict[str, Any]
HOSTILE = "甲 & 乙 <丙> \"丁\" '戊' ]]> 己"


class Maker(Protocol):
    """What a context is made of besides plain values; pictures and documents are files of ``folder``."""

    folder: Path

    def rich(self, *pieces: tuple[str, Mapping[str, Any]], link: str = "") -> Any: ...

    def paragraphs(self, *paragraphs: tuple[Any, str | None]) -> Any: ...

    def listing(self, text: str) -> Any: ...

    def picture(self, name: str, **size: Any) -> Any: ...

    def document(self, name: str) -> Any: ...


Pair = tuple[Callable[[Maker], Context], Callable[[Maker], Context]]


def plain(one: Context, other: Context) -> Pair:
    """Contexts without anything but plain values."""
    return lambda _make: dict(one), lambda _make: dict(other)


def _items(*prices: str) -> list[Context]:
    return [
        {"desc": f"笔 & 纸 <{price}>", "qty": number, "price": price} for number, price in enumerate(prices)
    ]


def _alerts(make: Maker) -> Context:
    desc = make.rich(("停电", {"color": "FF0000", "bold": True}), ("，已 & 恢复", {}))
    return {"alerts": [
        {"date": "3月1日", "bg": "FF0000", "type": "急", "desc": desc},
        {"date": "3月2日", "bg": "00DDFF", "type": HOSTILE,
         "desc": make.rich(("一\n二\t三", {"italic": True}))},
    ]}  # fmt: skip


def _escape(make: Maker, text: str) -> Context:
    return {
        "myvar": make.rich((text, {"color": "FF00FF"})),
        "myescvar": text,
        "nlnp": make.rich(("第一行\n第二行\t制表\a新段\f新页", {"bold": True})),
        "mylisting": make.listing(f"一\n{text}\n\t二\a三\f四"),
        "page_break": make.rich(("\f", {})),
        "new_listing": make.listing(f"{text}\a{text}\fA\nB\tC"),
        "some_html": "<html>\n<b>粗</b> & &amp;\n</html>",
    }


def _every_format(make: Maker) -> Context:
    long = make.rich(
        ("样式", {"style": "myrichtextstyle"}),
        ("斜体", {"italic": True}),
        ("紫色", {"color": "#ff00ff", "highlight": "#ffff00"}),
        ("删除", {"strike": True}),
        ("小号", {"size": 14}),
        ("下标", {"subscript": True}),
        ("上标", {"superscript": True}),
        ("下划线", {"underline": True}),
        *(
            (f"下划线 {kind}", {"underline": kind})
            for kind in ("single", "double", "thick", "dotted", "wave")
        ),
        ("字体", {"font": "Arial", "rtl": True, "bold": True, "lang": "zh-CN"}),
        (f"{HOSTILE}\n二\t三\a四\f五", {"size": "40", "bold": True}),
    )
    return {"example": long}


def _word2016(make: Maker, space: str, tabs: str) -> Context:
    return {
        "test_space": space,
        "test_tabs": tabs,
        "test_space_r": make.rich((space, {})),
        "test_tabs_r": make.rich((tabs, {"bold": True})),
    }


def _pictures(make: Maker, height: int) -> Context:
    return {
        "myimage": make.picture("python_logo.png", width=Mm(20)),
        "myimageratio": make.picture("python_jpeg.jpg", width=Mm(30), height=Mm(height)),
        "frameworks": [
            {"image": make.picture("django.png", height=Mm(10)), "desc": "一 & 二"},
            {"image": make.picture("zope.png", height=Mm(height), anchor="https://example.org/?a=1&b=2"),
             "desc": "三"},
            {"image": make.picture("python_logo.png"), "desc": "同一张图"},
        ],
    }  # fmt: skip


def _east_asia(make: Maker, text: str) -> Context:
    fonts = {"example": "Microsoft YaHei", "Chinese": "微软雅黑", "simsun": "SimSun"}
    return {name: make.rich((text, {"font": f"eastAsia:{font}"})) for name, font in fonts.items()}


def _styled_paragraphs(make: Maker, text: str) -> Context:
    inner = make.rich(("粗体", {"bold": True}), (f"，{text}", {"color": "0000FF"}))
    return {"example": make.paragraphs(
        ("一级", "Myrichparastyle"), (inner, "SquareBullet"), ("没有样式", None),
        (f"{text}\n下一行\a下一段", "SquareBullet"),
    )}  # fmt: skip


CONTEXTS: Mapping[str, Pair] = {
    "cellbg_tpl": (_alerts, lambda _make: {"alerts": []}),
    "comments_tpl": plain({}, {}),
    "doc_properties_tpl": plain({"test": "标题"}, {"test": "另一个 标题"}),
    "dynamic_table_tpl": plain(
        {
            "col_labels": ["甲", "乙", "丙", "丁"],
            "tbl_contents": [{"label": "一", "cols": [*"1234"]}, {"label": "二", "cols": [*"abcd"]}],
        },
        {"col_labels": ["甲", "乙"], "tbl_contents": [{"label": HOSTILE, "cols": ["1", "2"]}]},
    ),
    "embedded_dummy": plain({}, {}),
    "embedded_dummy2": plain({}, {}),
    "embedded_embedded_docx_tpl": plain({"name": "张三"}, {"name": HOSTILE}),
    "embedded_static_docx": plain({}, {}),
    "escape_tpl": (lambda make: _escape(make, HOSTILE), lambda make: _escape(make, "别的 & 内容")),
    "footnotes_tpl": plain({"a_jinja_variable": "注释 & <更多>"}, {"a_jinja_variable": "一\n二\t三"}),
    "get_undeclared_variables": plain(
        {
            "age": 30, "author": "张三", "company_name": "甲\n乙", "degree_field": "", "email": "a@b",
            "name": "李", "generation_date": "今天", "has_degree": 0, "is_student": 1, "page_number": 1,
            "projects": [{"name": "p", "year": 2026, "description": "d"}], "skills": ["x", "y"],
        },
        {
            "age": 41, "author": HOSTILE, "company_name": "公司", "degree_field": "法学", "email": "",
            "name": "王\t五", "generation_date": "明天", "has_degree": 1, "is_student": 0, "page_number": "",
            "projects": [], "skills": [],
        },
    ),
    "header_footer_entities_tpl": plain({"title": "标题"}, {"title": HOSTILE}),
    "header_footer_image_tpl": plain({"mycompany": "公司"}, {"mycompany": HOSTILE}),
    "header_footer_inline_image_tpl": (
        lambda make: {
            "inline_image": make.picture("django.png", height=Mm(10)),
            "images": [
                make.picture(name, height=Mm(10)) for name in ("zope.png", "python.png", "pyramid.png")
            ],
        },
        lambda make: {
            "inline_image": make.picture("python_logo.png"),
            "images": [make.picture("python_logo.png", width=Mm(5))] * 2,
        },
    ),
    "header_footer_tpl": (
        lambda make: {
            "title": "标题", "company_name": "公司", "date": "今天",
            "mysubdoc": make.document("embedded_dummy.docx"),
        },
        lambda make: {
            "title": HOSTILE, "company_name": "一\n二", "date": "2026",
            "mysubdoc": make.document("order_tpl.docx"),
        },
    ),
    "header_footer_tpl_utf8": (
        lambda make: {
            "title": "헤더와 푸터", "company_name": "세계적 회사", "date": "2016-03-17",
            "mysubdoc": make.document("embedded_dummy2.docx"),
        },
        lambda make: {
            "title": "页眉", "company_name": HOSTILE, "date": "",
            "mysubdoc": make.document("nested_for_tpl.docx"),
        },
    ),
    "horizontal_merge_tpl": plain({}, {}),
    "inline_image_tpl": (lambda make: _pictures(make, 30), lambda make: _pictures(make, 12)),
    "less_cells_after_loop_tpl": plain({}, {}),
    "merge_docx_master_tpl": (
        lambda make: {"mysubdoc": make.document("merge_docx_subdoc.docx")},
        lambda make: {"mysubdoc": make.document("embedded_static_docx.docx")},
    ),
    "merge_docx_subdoc": plain({}, {}),
    "merge_paragraph_tpl": plain({"living_in_town": 1}, {"living_in_town": 0}),
    "module_execute_tpl": plain(
        {
            "json_dict_var": "文字", "json_array_var": 3, "json_string_var": HOSTILE, "json_int_var": 123,
            "json_float_var": 1.234, "json_true_var": True, "json_false_var": False, "json_none_var": None,
        },
        {
            "json_dict_var": 1, "json_array_var": 1, "json_string_var": "", "json_int_var": "不是数",
            "json_float_var": 1, "json_true_var": 0, "json_false_var": 1, "json_none_var": "有",
        },
    ),
    "multi_rendering_tpl": plain(
        {"title": "标题", "body": "第一行\n第二行\t制表\n第三行"}, {"title": HOSTILE, "body": "\n\n\t"}
    ),
    "nested_for_tpl": plain(
        {
            "dishes": [{"name": "面", "ingredients": ["粉", "水"]}, {"name": "饭", "ingredients": []}],
            "authors": [{"name": "甲", "books": [{"title": "一"}, {"title": "二"}]}],
        },
        {"dishes": [], "authors": [{"name": HOSTILE, "books": []}]},
    ),
    "order_tpl": plain(
        {
            "customer_name": "李 & 王", "items": _items("1,00", "2,50"), "total_price": "10", "in_europe": 1,
            "is_paid": 0, "company_name": "W\tC",
        },
        {
            "customer_name": HOSTILE, "items": _items("3"), "total_price": 3, "in_europe": 0, "is_paid": 1,
            "company_name": "一\n二",
        },
    ),
    "preserve_spaces_tpl": plain({"tag_1": " 快 ", "tag_2": "们"}, {"tag_1": "", "tag_2": "  "}),
    "replace_picture_tpl": plain({}, {}),
    "richtext_and_if_tpl": (
        lambda make: {"foobar": make.rich(("甲", {"bold": True}))}, lambda _make: {"foobar": ""},
    ),
    "richtext_eastAsia_tpl": (
        lambda make: _east_asia(make, "测试TEST"), lambda make: _east_asia(make, HOSTILE)
    ),
    "richtext_paragraph_tpl": (
        lambda make: _styled_paragraphs(make, "正文"), lambda make: _styled_paragraphs(make, HOSTILE)
    ),
    "richtext_tpl": (
        _every_format,
        lambda make: {
            "example": make.rich(("链接", {"underline": True}), link="https://example.org/?a=1&b=2"),
        },
    ),
    "subdoc_tpl": (
        lambda make: {"mysubdoc": make.document("merge_docx_subdoc.docx")},
        lambda make: {"mysubdoc": make.document("cellbg_tpl.docx")},
    ),
    "vertical_merge_nested_tpl": plain({}, {}),
    "vertical_merge_tpl": plain(
        {"category": "书", "items": _items("1", "2", "3"), "total_price": 3},
        {"category": HOSTILE, "items": _items("1"), "total_price": "一"},
    ),
    "word2016_tpl": (
        lambda make: _word2016(make, "          前后有空格    ", "\t制\t表\t"),
        lambda make: _word2016(make, " ", "\t\t"),
    ),
}  # fmt: skip
