"""What X-19 takes for a placeholder, and what only looks like one."""

import pytest

from docsmith.rules import evaluate
from tests.rules.branches import dossier


def _found(text):
    data = dossier(summaries=[{"section": "主要工作", "content": text}])
    return evaluate(data)["X-19"].findings


@pytest.mark.parametrize(
    "text",
    [
        "×月×日召开会议",
        "2026年X月X日",
        "组织集体学习X次",
        "查摆问题xx个",
        "××局党委",
        "XX同志、ＸＸ同志",
        "满意率X%",
        "满意率达到×× %",
        "20xx年度总结",
        "20××年",
        "202X年工作",
        "主持人：＿＿＿",
        "主持人：____",
        "（待补充）",
        "(待填写)",
        "{{ 支部.书记 }}",
        "{% if 支部 %}",
    ],
)
def test_a_placeholder_is_found(text):
    assert len(_found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "张三、李四参加学习",
        "修订X射线室制度，完成“×”号表决说明，收回票×100%",
        "长宽为3×4米，共3 × 4个",
        "通过ISO/IEC 27001认证，研发XX型传感器",
        "发放XXL号工作服，检测XX染色体",
        "XII、XXI世纪，Class XX",
        "CX-5次、5X人、iPhone X个人版",
        "联系电话138××××8000、138xxxx8000",
        "文件名a_b、_x",
        "力量有待补充",
        "二〇〇五年、20×30米",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert _found(text) == ()


def test_a_placeholder_is_found_in_any_sheet_at_its_cell():
    data = dossier(
        about={"other_members": ("张三", "××")},
        members=[{"name": "王五", "note": "×月转入", "mobile": "138xxxx8000"}],
        problems=[{"problem": "学习X次"}],
    )
    places = [str(finding.place) for finding in evaluate(data)["X-19"].findings]
    assert places == ["数据.xlsx 支部!B2", "数据.xlsx members!B2", "数据.xlsx problems!B2"]
