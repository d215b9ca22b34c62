"""``docsmith plugin new``: from a shape or a form of somebody else to documents, by typing commands alone."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Answer, Docsmith

FORMS = Path(__file__).parent.parent / "forms"
SHAPES = ("article", "form", "ledger", "checklist", "ballot", "calendar", "pledge", "quiz")
TABLES = {
    "党员": "支部,姓名,性别,出生日期,身份证号,行政职务,手机号码,籍贯\n"
    "第一党支部,陆承安,男,1974-06,110105194912310021,处长,13800000001,河北\n"
    "第一党支部,古丽娜尔·艾山,女,1989-05-20,,,,\n",
    "谈心谈话": "支部,日期,谈话人,谈话对象,谈话类型,谈话内容\n"
    "第一党支部,2026-03-10,陆承安,闻人静,支委之间,甲<乙>&丙\n",
    "组织生活": "支部,类型,日期,时间,主题,应到人数,实到人数\n"
    "第一党支部,主题党日,2026-10-09,14:00,走访,18,17\n",
}


def words_of(document: Path) -> str:
    """Return what a document says, its tables included, a paragraph a line."""
    body = docx.Document(str(document)).element.body
    return "\n".join("".join(one.text or "" for one in line.xpath(".//w:t")) for line in body.xpath(".//w:p"))


@pytest.fixture
def office(workspace: Path) -> Path:
    """The workspace with members, talks and activities; its settings have comments."""
    for name, text in TABLES.items():
        (workspace / "数据" / f"{name}.csv").write_text(text, encoding="utf-8")
    (workspace / "docsmith.toml").write_text("# 本单位\ndata = '数据' # 都在这里\n", encoding="utf-8")
    return workspace


def adopt(docsmith: Docsmith, plugin_id: str, title: str, form: str) -> Answer:
    done = docsmith(
        "plugin", "new", plugin_id, "--title", title, "--from", str(FORMS / f"{form}.docx"), "--json"
    )
    assert done.code == 0, done.err
    return done


def tags(done: Answer, kind: str = "filled_in") -> dict[str, str]:
    return {one["label"]: one["tag"] for one in done.json[kind]}


def rendered(docsmith: Docsmith, office: Path, plugin_id: str) -> list[Path]:
    done = docsmith("render", plugin_id, "--branch", "第一党支部")
    assert done.code == 0, done.out + done.err
    return sorted((office / "输出").rglob("*.docx"))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_started_from_a_shape_renders_at_once_and_nothing_is_wrong_with_it(
    docsmith: Docsmith, office: Path, shape: str
) -> None:
    assert docsmith("plugin", "new", "my-type", "--title", "台账甲", "--shape", shape).code == 0
    checked = docsmith("plugin", "check", str(office / "文种" / "my-type"))
    assert checked.code == 0, checked.out + checked.err
    documents = rendered(docsmith, office, "my-type")
    assert len(documents) == (2 if shape == "pledge" else 1)
    text = words_of(documents[0])
    assert "台账甲" in text
    assert "{" not in text


def test_a_member_without_a_post_lacks_nothing_in_a_ledger(docsmith: Docsmith, office: Path) -> None:
    docsmith("plugin", "new", "my-ledger", "--title", "台账甲", "--shape", "ledger")
    (office / "数据" / "党员.csv").write_text(
        "支部,姓名,党籍状态,党内职务\n第一党支部,甲某某,正式党员,\n", encoding="utf-8"
    )
    (document,) = rendered(docsmith, office, "my-ledger")
    heads, first, *_more = docx.Document(str(document)).tables[-1].rows
    cells = {head.text: cell.text for head, cell in zip(heads.cells, first.cells, strict=True)}
    assert (cells["姓名"], cells["党内职务"]) == ("甲某某", "")


def test_the_settings_list_the_folder_and_keep_their_comments(docsmith: Docsmith, office: Path) -> None:
    docsmith("plugin", "new", "my-form", "--title", "一张表")
    settings = (office / "docsmith.toml").read_text(encoding="utf-8")
    assert settings == "# 本单位\ndata = '数据' # 都在这里\nplugins = ['文种']\n"
    docsmith("plugin", "new", "my-list", "--title", "一本台账", "--shape", "ledger")
    assert (office / "docsmith.toml").read_text(encoding="utf-8") == settings


def test_without_a_workspace_the_folder_is_made_here(docsmith: Docsmith, tmp_path: Path) -> None:
    done = docsmith("plugin", "new", "my-form", "--title", "一张表")
    assert done.code == 0
    assert "docsmith render my-form --plugin-dir my-form" in done.out
    names = sorted(path.name for path in (tmp_path / "my-form").iterdir())
    assert names == ["README.md", "plugin.toml", "template.docx"]


def test_nothing_that_is_there_is_overwritten(docsmith: Docsmith, office: Path) -> None:
    (office / "文种" / "my-form").mkdir()
    (office / "文种" / "my-form" / "笔记.txt").write_text("我的", encoding="utf-8")
    done = docsmith("plugin", "new", "my-form", "--title", "一张表")
    assert done.code == 2
    assert [path.name for path in (office / "文种" / "my-form").iterdir()] == ["笔记.txt"]


@pytest.mark.parametrize(
    ("plugin_id", "title", "said"),
    [
        ("other", "通知", "called 通知 already"),
        ("My Form", "一张表", "lower-case letters"),
        ("my-form", "", "empty"),
    ],
)
def test_names_that_are_taken_or_no_names_are_refused(
    docsmith: Docsmith, workspace: Path, plugin_id: str, title: str, said: str
) -> None:
    done = docsmith("plugin", "new", plugin_id, "--title", title)
    assert done.code == 2
    assert said in done.err
    assert [path.name for path in (workspace / "文种").iterdir()] == ["notice"]


def test_a_record_of_talks_is_one_document_a_talk(docsmith: Docsmith, office: Path) -> None:
    before = hashlib.sha256((FORMS / "谈话记录表.docx").read_bytes()).hexdigest()
    done = adopt(docsmith, "talk-record", "谈心谈话记录表", "谈话记录表")
    assert hashlib.sha256((FORMS / "谈话记录表.docx").read_bytes()).hexdigest() == before
    assert done.json["per"] == "talks"
    assert tags(done) == {
        "党支部": "{{ 支部.支部名称 }}",
        "填报单位": "{{ 单位.单位名称 }}",
        "填表日期": "{{ 单位.填报日期 or '　　　　年　　月　　日' }}",
        "谈话人": "{{ 记录.谈话人 }}",
        "谈话对象": "{{ 记录.谈话对象 }}",
        "谈话时间": "{{ 记录.日期 }}",
        "谈话地点": "{{ 记录.地点 }}",
        "谈话类型": '{{ 记录.谈话类型|勾选("支委与支委", "支委与党员", "党员与党员") }}',
        "谈话事由（如岗位变动等）": "{{ 记录.谈话原因 }}",
        "谈话内容": "{{ 记录.谈话内容 }}",
        "意见建议": "{{ 记录.意见建议 }}",
    }
    assert list(tags(done, "new_columns")) == ["职务", "政治面貌", "整改措施", "谈话对象态度"]
    assert {one["why"] for one in done.json["left"]} == {"pen"}
    (document,) = rendered(docsmith, office, "talk-record")
    assert document.name == "第一党支部-2026年3月10日-闻人静-谈心谈话记录表.docx"
    text = words_of(document)
    assert "第一党支部谈心谈话记录表" in text
    assert "甲<乙>&丙" in text
    assert "□党员与党员 √支委之间" in text  # what the form has no box for is not lost


def test_new_columns_are_in_the_workbook_to_fill_in(docsmith: Docsmith, office: Path) -> None:
    adopt(docsmith, "talk-record", "谈心谈话记录表", "谈话记录表")
    talks = office / "数据" / "谈心谈话.csv"
    talks.write_text(
        "支部,日期,谈话人,谈话对象,谈话对象态度\n第一党支部,2026-03-10,甲,乙,诚恳\n", encoding="utf-8"
    )
    assert "诚恳" in words_of(rendered(docsmith, office, "talk-record")[0])


def test_a_value_looks_like_its_label_where_the_empty_cell_is_set_in_two_points(
    docsmith: Docsmith, office: Path
) -> None:
    adopt(docsmith, "talk-record", "谈心谈话记录表", "谈话记录表")
    cell = docx.Document(str(rendered(docsmith, office, "talk-record")[0])).tables[0].rows[0].cells[1]
    (run,) = [run for run in cell.paragraphs[0].runs if run.text]
    assert run.text == "陆承安"
    label = docx.Document(str(FORMS / "谈话记录表.docx")).tables[0].rows[0].cells[0].paragraphs[0].runs[0]
    assert run.font.size == label.font.size
    assert (run.bold, label.bold) == (None, True)


def test_empty_rows_of_a_list_become_the_members(docsmith: Docsmith, office: Path) -> None:
    done = adopt(docsmith, "my-roster", "党员花名册", "花名册")
    assert done.json["per"] == "branch"
    assert done.json["shape"] == "ledger"
    (found,) = done.json["lists"]
    assert found["sheet"] == "members"
    (document,) = rendered(docsmith, office, "my-roster")
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(document)).tables[0].rows]
    assert len(rows) == 2 + 6  # the header, and as many rows as the form had
    assert rows[2][:5] == ["1", "陆承安", "男", "（待补充）", "1974年6月"]
    assert (rows[2][10], rows[2][12]) == ("河北", "")
    assert rows[4] == [""] * 13


def test_blanks_in_odd_runs_and_prompts_of_a_pledge_are_filled(docsmith: Docsmith, office: Path) -> None:
    done = adopt(docsmith, "integrity-pledge", "廉洁从政承诺书", "承诺书")
    assert done.json["per"] == "members"
    first = next(path for path in rendered(docsmith, office, "integrity-pledge") if "陆承安" in path.name)
    text = words_of(first)
    assert "本人姓名：陆承安，系第一党支部党员，身份证号码110105194912310021，现任职务：处长。" in text
    assert "单击此处" not in text
    assert "承诺人（签名）" in text


def test_a_list_within_a_record_is_left_to_a_person(docsmith: Docsmith, office: Path) -> None:
    done = adopt(docsmith, "member-form", "党员信息登记表", "党员登记表")
    assert done.json["per"] == "members"
    assert done.json["lists"] == []
    assert done.json["rows_left"][0]["labels"][:2] == ["称谓", "姓名"]
    (doubt,) = done.json["doubtful"]
    assert doubt["label"] == "联系电话"
    assert doubt["tags"] == ["{{ 记录.手机号码 }}", "{{ 支部.联系电话 or 单位.联系电话 or '' }}"]
    readme = (office / "文种" / "member-form" / "README.md").read_text(encoding="utf-8")
    assert "拿不准的" in readme


def test_a_form_that_no_sheet_knows_gets_one_of_its_own(docsmith: Docsmith, office: Path) -> None:
    adopt(docsmith, "report-form", "个人事项报备表", "报备表")
    said = tomllib.loads((office / "文种" / "report-form" / "plugin.toml").read_text(encoding="utf-8"))
    assert said["per"] == "report_form"
    columns = {one["title"]: one.get("kind", "text") for one in said["sheets"][0]["columns"]}
    assert columns == {
        "报备人": "name",
        "报备事项": "text",
        "外出时间": "date",
        "返回日期": "date",
        "目的地": "text",
        "同行人数": "count",
        "是否出境": "choice",
        "联系电话": "code",
        "事由": "text",
    }
    (office / "数据" / "个人事项报备表.csv").write_text(
        "支部,报备人,报备事项,是否出境\n第一党支部,张三,探亲,否\n", encoding="utf-8"
    )
    (document,) = rendered(docsmith, office, "report-form")
    assert document.name == "第一党支部-张三-个人事项报备表.docx"
    assert "探亲" in words_of(document)


def test_the_time_of_a_meeting_is_its_day_and_its_hour(docsmith: Docsmith, office: Path) -> None:
    adopt(docsmith, "meeting-record", "三会一课会议记录", "会议记录")
    text = words_of(rendered(docsmith, office, "meeting-record")[0])
    assert "2026年10月9日 14:00" in text
    assert "应到18人，实到17人" in text


def test_photographs_get_a_column_of_their_own_and_the_kind_of_activity_is_suggested(
    docsmith: Docsmith, office: Path
) -> None:
    form = docx.Document()
    table = form.add_table(rows=3, cols=2)
    for row, label in zip(table.rows, ("活动主题", "活动地点", "活动照片"), strict=True):
        row.cells[0].text = label
    form.save(str(office / "记录.docx"))
    done = docsmith(
        "plugin", "new", "day", "--title", "主题党日记录", "--from", str(office / "记录.docx"), "--json"
    )
    assert tags(done, "new_columns")["活动照片"] == "{{ 记录.活动照片|照片 }}"
    manifest = (office / "文种" / "day" / "plugin.toml").read_text("utf-8")
    assert '# where = ["类型=主题党日"]' in manifest
    assert tomllib.loads(manifest)["columns"]["activities"][0]["kind"] == "picture"
    assert docsmith("plugin", "check", str(office / "文种" / "day")).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"{\\rtf1 }", "RTF"),
    ],
)
def test_what_is_no_docx_is_answered_with_what_to_do(
    docsmith: Docsmith, office: Path, content: bytes, said: str
) -> None:
    (office / "旧表.doc").write_bytes(content)
    done = docsmith("plugin", "new", "old-form", "--title", "旧表", "--from", str(office / "旧表.doc"))
    assert done.code == 4
    assert said in done.err
    assert not (office / "文种" / "old-form").exists()


def test_a_form_that_fetches_something_is_refused(docsmith: Docsmith, office: Path) -> None:
    form = docx.Document()
    form.part.relate_to(
        "http://example.org/track",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    form.save(str(office / "外链.docx"))
    done = docsmith("plugin", "new", "my-form", "--title", "外链表", "--from", str(office / "外链.docx"))
    assert done.code == 4
    assert not (office / "文种" / "my-form").exists()


def test_items_that_are_printed_in_a_form_become_a_file_and_their_answers_a_sheet(
    docsmith: Docsmith, office: Path
) -> None:
    done = adopt(docsmith, "score-sheet", "验收评分表", "评分表")
    assert done.json["shape"] == "checklist"
    folder = office / "文种" / "score-sheet"
    assert (folder / "items.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "编号,类别,验收内容,分值",
        "1,组织设置,班子健全,10",
        "2,组织设置,按期换届,10",
        "3,组织生活,三会一课,20",
        "4,组织生活,主题党日,10",
    ]
    (office / "数据" / "验收评分表结果.csv").write_text(
        "支部,编号,自评分,验收得分\n"
        + "".join(f"第一党支部,{number},{number}.5,9\n" for number in range(1, 5)),
        encoding="utf-8",
    )
    (document,) = rendered(docsmith, office, "score-sheet")
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(document)).tables[0].rows]
    assert rows[1] == ["组织设置", "1", "班子健全", "10", "1.5", "9"]
    assert rows[2][0] == "组织设置"  # merged with the cell above
    assert rows[5][3:] == ["50", "12", "36"]


def test_labels_in_braces_become_the_names_that_the_data_has(docsmith: Docsmith, office: Path) -> None:
    form = docx.Document()
    form.add_paragraph("{{ 姓名 }}同志（性别：{{性别}}），所在党支部：«支部名称»，爱好：{{ 爱好 }}")
    form.save(str(office / "证明.docx"))
    path = str(office / "证明.docx")
    done = docsmith("plugin", "new", "member-letter", "--title", "党员证明", "--from", path, "--json")
    assert done.json["per"] == "members"
    assert tags(done) == {
        "姓名": "{{ 记录.姓名 }}",
        "性别": "{{ 记录.性别 }}",
        "支部名称": "{{ 支部.支部名称 }}",
    }
    assert tags(done, "new_columns") == {"爱好": "{{ 记录.爱好 }}"}


def test_tags_that_the_data_knows_already_stay_as_they_are(docsmith: Docsmith, office: Path) -> None:
    form = docx.Document()
    form.add_paragraph("{{ 支部.支部名称 }}{{ 年度 }}{{ unit.name }}{{ 支部.书记|姓名 }}")
    form.save(str(office / "通知.docx"))
    done = docsmith("plugin", "new", "letter", "--title", "函", "--from", str(office / "通知.docx"), "--json")
    assert [done.json[key] for key in ("filled_in", "new_columns", "doubtful", "left")] == [[], [], [], []]
    (document,) = rendered(docsmith, office, "letter")
    assert words_of(document).startswith("第一党支部2026研究所张")


def test_sheets_of_a_new_type_never_have_names_that_mean_something_else(
    docsmith: Docsmith, office: Path
) -> None:
    for plugin_id, title in (("my-items", "自查"), ("year", "数据"), ("unit-items", "谈心谈话")):
        for number, more in enumerate((["--shape", "checklist"], ["--from", str(FORMS / "报备表.docx")])):
            names = (f"{plugin_id}-{number}" if number else plugin_id, f"{title}{number or ''}")
            done = docsmith("plugin", "new", names[0], "--title", names[1], *more)
            assert done.code == 0, done.err
    assert docsmith("types").code == 0
    assert docsmith("plugin", "new", "odd", "--title", "甲{{乙}}").code == 2


def test_a_list_that_no_sheet_knows_gets_a_sheet_and_adds_up_its_numbers(
    docsmith: Docsmith, office: Path
) -> None:
    form = docx.Document()
    form.add_paragraph("××党支部设施台账")
    table = form.add_table(5, 4)
    for cell, text in zip(table.rows[0].cells, ("序号", "设施名称", "购置日期", "数量"), strict=True):
        cell.text = text
    table.rows[4].cells[0].text = "合计"
    form.save(str(office / "台账.docx"))
    done = docsmith("plugin", "new", "assets", "--title", "设施台账", "--from", str(office / "台账.docx"))
    assert done.code == 0, done.err
    (office / "数据" / "设施台账.csv").write_text(
        "支部,设施名称,购置日期,数量\n第一党支部,投影仪,2024-05,2\n第一党支部,书柜,,3\n", encoding="utf-8"
    )
    (document,) = rendered(docsmith, office, "assets")
    rows = [[cell.text for cell in row.cells] for row in docx.Document(str(document)).tables[0].rows]
    assert rows[1:] == [
        ["1", "投影仪", "2024年5月", "2"],
        ["2", "书柜", "（待补充）", "3"],
        ["", "", "", ""],
        ["合计", "", "", "5"],
    ]


def test_a_type_of_ones_own_may_take_the_place_of_one_that_is_there(
    docsmith: Docsmith, workspace: Path
) -> None:
    (workspace / "别处").mkdir()
    (workspace / "文种" / "notice").rename(workspace / "别处" / "notice")
    (workspace / "docsmith.toml").write_text("data = '数据'\nplugins = '别处'\n", encoding="utf-8")
    done = docsmith("plugin", "new", "notice", "--title", "通知", "--shape", "article")
    assert done.code == 0, done.err
    assert "takes the place of 通知 (notice" in done.out
    assert docsmith("render", "通知", "--branch", "第一党支部").code == 0
    assert "基本情况" in words_of(next((workspace / "输出").rglob("*.docx")))


def lines_adopted(docsmith: Docsmith, office: Path, title: str, *lines: str) -> Answer:
    form = docx.Document()
    for line in lines:
        form.add_paragraph(line)
    form.save(str(office / "原表.docx"))
    done = docsmith("plugin", "new", "own", "--title", title, "--from", str(office / "原表.docx"), "--json")
    assert done.code == 0, done.err
    return done


def test_the_year_is_for_the_heading_and_a_date_of_a_member_is_never_made_up(
    docsmith: Docsmith, office: Path
) -> None:
    done = lines_adopted(
        docsmith, office, "党员承诺书", "____年党员承诺书", "姓名：____　性别：____　民族：____族",
        "于____年____月加入中国共产党", "出生年月：____年____月", "入党时间：____年__月__日",
        "填表时间：____年____月", "____年第__季度", "20××年××月",
        "自____年____月至____年____月在____学习，籍贯：____省",
    )  # fmt: skip
    body = words_of(office / "文种" / "own" / "template.docx").splitlines()
    assert body == [
        "{{ 年度 }}年党员承诺书",
        "姓名：{{ 记录.姓名 }}　性别：{{ 记录.性别 }}　民族：{{ 记录.民族 }}",
        "于____年____月加入中国共产党",
        "出生年月：{{ 记录.出生日期|年月 }}",
        "入党时间：{{ 记录.加入党组织日期 }}",
        "填表时间：{{ 单位.填报日期|年月 or '　　　　年　　月' }}",
        "____年第__季度",
        "20××年××月",
        "自____年____月至____年____月在____学习，籍贯：____省",
    ]
    assert tags(done, "new_columns") == {}
    assert len(done.json["left"]) == 9
    assert docsmith("plugin", "check", str(office / "文种" / "own")).code == 0


def test_a_piece_of_a_sentence_makes_no_column_and_words_of_forms_do(
    docsmith: Docsmith, office: Path
) -> None:
    done = lines_adopted(
        docsmith,
        office,
        "情况表",
        "会议由____主持，现在____学习，共____人",
        "事由：____　第一书记：____　年龄：____",
    )
    assert sorted(tags(done, "new_columns")) == ["事由", "年龄", "第一书记"]


def test_the_photograph_of_a_member_has_its_cell_filled(docsmith: Docsmith, office: Path) -> None:
    form = docx.Document()
    table = form.add_table(3, 3)
    for row, label in zip(table.rows, ("姓名", "性别", "民族"), strict=True):
        row.cells[0].text = label
    table.cell(0, 2).merge(table.cell(2, 2)).text = "照\n片"
    form.save(str(office / "登记.docx"))
    done = docsmith(
        "plugin", "new", "card", "--title", "党员登记卡", "--from", str(office / "登记.docx"), "--json"
    )
    assert tags(done, "new_columns") == {"照片": "{{ 记录.照片|照片 }}"}
    assert docsmith("plugin", "check", str(office / "文种" / "card")).code == 0
    assert "（照片）" in words_of(rendered(docsmith, office, "card")[0])


def test_what_is_wrong_with_an_id_and_a_title_is_told_at_once_and_in_one_sentence_each(
    docsmith: Docsmith, office: Path
) -> None:
    done = docsmith("plugin", "new", "谈话", "--title", "谈{话")
    assert (done.code, list(office.glob("谈话"))) == (2, [])
    said = "The id cannot be “谈话”: lower-case letters, digits and hyphens are expected"
    assert said in done.err
    assert "The title cannot be “谈{话”: braces would be a tag." in done.err
    assert done.err.count("谈话") == 1


def test_the_first_type_of_a_workspace_is_made_in_the_folder_that_its_settings_name_already(
    docsmith: Docsmith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docsmith.toml").write_text("plugins = ['文种']\n", encoding="utf-8")
    missing = docsmith("types")
    assert missing.code == 0
    assert "文种" in missing.err + missing.out
    assert docsmith("plugin", "new", "talk", "--title", "谈话").code == 0
    assert "talk" in docsmith("types").out
