"""The messy workbook: everything that ``fixtures/messy/expected.json`` speaks of, cell by cell.

It is what a party office finds in its mail: each sheet made by somebody else, in another shape. Rows and
letters are written out, because the expected findings name them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docsmith._files import write_atomically
from docsmith.sources import xlsx_writer

Value = str | int | float | dt.date | dt.datetime | None
Line = Sequence[Value]

UNIT: Mapping[str, Line] = {
    "B2": ("单位基本情况",),
    "B4": ("*单位名称", "云屏县科学技术馆　"),
    "B5": ("上级党委：", "中共云屏县直属机关工作委员会"),
    "B6": ("年份", "２０２６年"),
    "B7": ("填表日期", "2026年12月8日"),
    "B9": ("电话", "０９９９－５５５０２００"),
}
BRANCHES: Mapping[str, Line] = {
    "A1": ("党支部基本信息登记表（2026年度）",),
    "A2": (
        "党支部编码",
        "*党支部名称",
        "支部  类别",
        "任命时间",
        "任期",
        "支部书记",
        "覆盖单位数",
        "其他委员",
    ),
    "A3": ("选填", "必填", "下拉选择", "如2024-06-18", "选填", "选填", "联合支部填写", "多人用顿号隔开"),
    "A4": ("示例：020100001", "第一党支部", "普通支部", "2024-06-18", "3", "张三", "1", "李四、王五"),
    "A5": (" 020300001", "第一党支部", None, dt.date(2024, 6, 18), "3年", "方　可", None, "慕容雪、柯岩松"),
    "A6": (
        "０２０３００００２",
        " 第二党支部",
        "普通支部",
        "2025.4",
        3.0,
        "简宁",
        None,
        "申屠\n伍思远，沙吾提·艾力",
    ),
    "A7": ("020300003", "科普部党支部", "联合党支部", "2023年11月2日", None, "池北", "3个", None),
    "A9": ("020300004", "展教支部", None, "20240315", None, "易水", None, None),
    "A10": ("020300005", "展教党支部", None, "二〇二四年三月十五日", None, "谷雨生", None, None),
    "A11": ("020300006", "场馆保障党支部", None, "2024-02-30", None, "应城", "两家", None),
    "A12": ("020300008", "第二党支部", None, None, None, "简宁", None, None),
    "A13": ("020300003", "志愿服务党支部", None, None, None, None, None, None),
}
MEMBERS: Mapping[str, Line] = {
    "C2": ("党员花名册",),
    "C3": ("必填", "必填", "选填", "选填", "选填", "选填", "选填", "选填", "选填", "选填", "选填", "选填"),
    "C4": (
        "所在党支部\n（填全称）",
        "*姓  名",
        "性别（男/女）",
        "民族",
        "出生日期\n(年月日)",
        "公民身份号码",
        "最高学历",
        "党籍状态（正式党员或预备党员）",
        "入党时间",
        "转正时间",
        "手　机",
        "爱好特长",
    ),
    "C5": (
        "第一党支部",
        "张三（示例）",
        "男",
        "汉族",
        "1985-03-05",
        None,
        "研究生",
        "正式党员",
        None,
        None,
        None,
        None,
    ),
    # Read without a word: odd, but clear.
    "C6": (
        "第一党支部",
        "方　可",
        "男",
        "汉族",
        "1985.3.5",
        "42019919850305103x ",
        "研究生",
        "正式",
        "2010.7",
        "2011年7月",
        13800000101,
        "书法",
    ),
    "C7": (
        "中共第一支部",
        "沙吾提·艾力",
        "男性",
        "维吾尔族",
        dt.date(1990, 11, 6),
        "４２０１９９１９９０１１０６１１１３",
        "大学",
        None,
        dt.datetime(2012, 6, 8),
        "2013/6/8",
        "138 0000 0102",
        None,
    ),
    "C8": (
        "第 一 党 支 部",
        "慕容雪",
        "女",
        "汉族",
        "二〇〇〇年十二月二十五日",
        None,
        "大学",
        "预备党员",
        "2026.3.20",
        None,
        "１３８０００００１０３",
        "合唱、\n摄影",
    ),
    "C10": (
        "第二 支部",
        "简　宁",
        "女",
        "土家族",
        "1979年4月",
        None,
        "大专",
        "党员",
        "19990701",
        "2000-07-01",
        None,
        None,
    ),
    "C11": (
        "020300003",
        "池北",
        "男",
        "汉族",
        "1969年1月",
        None,
        "高中",
        "中共党员",
        "1993.10",
        "1994.10",
        None,
        None,
    ),
    # Each has one cell that cannot be read.
    "C12": (
        "第二党支部",
        "伍思远",
        "男",
        "汉族",
        "1990-01-01",
        420199199001010176,
        "大学",
        None,
        None,
        None,
        None,
        None,
    ),
    "C13": ("第二党支部", "戈雅南", "女", "汉族", "1991-13-01", None, "大学", None, None, None, None, None),
    "C14": ("第二党支部", "申屠朗", "男", "汉族", "不详", None, "大学", None, None, None, None, None),
    "C15": ("科普部党支部", "殷小楼", "南", "汉族", "1988.6", None, "大学", None, None, None, None, None),
    "C16": ("科普部党支部", "乐正明", "男", "汉族", "1983.2", None, "大学", "群众", None, None, None, None),
    "C17": ("第三党支部", "费一鸣", "男", "汉族", "1984.5", None, "大学", None, None, None, None, None),
    "C18": ("中共展教支部", "阮青禾", "女", "汉族", "1994.9", None, "研究生", None, None, None, None, None),
    "C19": ("第一党支部", None, "女", "汉族", "1992.8", None, "大学", None, None, None, None, None),
    "C20": ("第一党支部", "柯岩松", "男", "汉族", "1976.12", None, "大学", None, "=K6", None, None, None),
    "C21": ("第一党支部", "温故", "男", "汉族", "1977.10", None, "大学", None, None, "#REF!", None, None),
    "C22": (None, "卓然", "男", "汉族", "1996.4", None, "研究生", None, None, None, None, None),
    # Can be read, but something in them cannot be right.
    "C23": (
        "第二党支部",
        "骆滨",
        "男",
        "汉族",
        "1985-03-05",
        "420199198503051137",
        "大学",
        None,
        None,
        None,
        None,
        None,
    ),
    "C24": (
        "第二党支部",
        "颜真",
        "男",
        "汉族",
        "1986-03-05",
        "420199198503051136",
        "大学",
        None,
        None,
        None,
        None,
        None,
    ),
    "C25": (
        "第二党支部",
        "路遥知",
        "女",
        "汉族",
        "1985-03-05",
        "420199198503051152",
        "大学",
        None,
        None,
        None,
        None,
        None,
    ),
    "C26": (
        "第一党支部",
        "慕容雪",
        "女",
        "汉族",
        "2000-12-25",
        None,
        "大学",
        "预备党员",
        "2026-03-20",
        None,
        "13800000103",
        None,
    ),
    "C27": (
        "第二党支部",
        "麦秋",
        "女",
        "汉族",
        "1985-03-05",
        "42019985030512",
        "大学",
        None,
        None,
        None,
        None,
        None,
    ),
}
ACTIVITIES: Mapping[str, Line] = {
    "A1": (
        "序号",
        "会议类型",
        "会议时间",
        "会议名称",
        "党支部",
        "主持人",
        "应到",
        "实到",
        "请假人员",
        "主要内容及特色",
    ),
    "A2": (
        1,
        "支部大会",
        "2026/3/5  14:30",
        "学习传达会议精神",
        "第一党支部",
        "方可",
        "18人",
        "１７",
        "慕容雪（出差）",
        "機(jī)關党建\n第二行",
    ),
    "A3": (2, "支部委员会", "2026.4.9", "研究工作", "第一支部", "方 可", 3.0, 3, None, "  "),
    "A4": (3, "微党课", "二〇二六年五月十二日", "光荣传统", "第二党支部", "简宁", 5, 5, None, None),
    "A5": (4, "茶话会", "2026-06-01", "联欢", "第二党支部", "简宁", 5, 5, None, None),
    "A6": (5, "主题党日活动", "2026年6月31日", "志愿服务", "第二党支部", "简宁", 5, 5, None, None),
    "A7": (6, "党小组会", dt.date(2026, 7, 7), "学习", "第二党支部", "简宁", "十五", 5, None, None),
    "A8": (7, "组织生活会", None, "查摆问题", "科普部支部", "池北", 4, 4, None, None),
    "A9": ("注：请假人员须写明原因。",),
}
PROBLEMS: Mapping[str, Line] = {
    "A1": ("所在支部", "类别", "主要问题", "措施", "责任人", "查摆日期", "完成时限", "整改状态"),
    "A2": ("第一党支部", "组织生活", "记录不全", "=规范要素", "方可", "2026.4", "2026-06-30", "整改中"),
    "A3": ("第二党支部", "组织生活", "会议过长", "限定时长", "简宁", "2026年4月10日", "2026.6.30", "待销号"),
    "A4": ("第二党支部", "联系群众", "走访较少", "每月走访", "简宁", "2026.4", "尽快", "整改中"),
    "A5": ("科普部党支部", "阵地建设", "展板陈旧", "按月更新", "池北", "2026.5", "2026.8", "基本完成"),
}
CANTEEN: Mapping[str, Line] = {
    "A1": ("日期", "早餐", "午餐"),
    "A2": ("周一", "豆浆、包子", "米饭、青菜"),
    "A3": ("周二", "稀饭、鸡蛋", "面条"),
}
TALKS: Sequence[Sequence[str]] = (
    ("党支部", "谈话时间", "谈话人", "被谈话人", "谈话内容", "谈话地点"),
    ("第一党支部", "2026年5月12日", "方可", "䶮小满", "谈岗位变动，\n谈今后打算。", "活动室"),
    ("第二党支部", "2026-05-13 09:00", "简宁", "伍思远", '他说："按时完成"。', "'=二楼"),
    ("第二党支部", "2026-05-32", "简宁", "申屠朗", "日常谈心", ""),
    ("第二党支部", "2026-05-14", "简宁", "骆滨", "谈\x07心", ""),
)
BALLOTS: Sequence[Sequence[str]] = (
    (
        "支部",
        "测评内容",
        "应参加人数",
        "发出票数",
        "收回票数",
        "有效票",
        "满意",
        "基本满意",
        "不满意",
        "不了解",
    ),
    ("第一党支部", "总体评价", "18", "18张", "17", "17", "15", "2", "0", "0"),
    ("第一党支部", "作用发挥", "18", "18", "17", "17", "一五", "2", "0", "0"),
)


def make_messy(folder: Path) -> None:
    """Write the folder of the messy files: a workbook, a csv in GB18030, and a csv that says it is an xls."""
    _make_workbook(folder / "各支部汇总.xlsx")
    write_atomically(folder / "谈心谈话.csv", _csv(TALKS).encode("gb18030"))
    write_atomically(folder / "测评.xls", _csv(BALLOTS).encode("utf-8"))


def _make_workbook(path: Path) -> None:
    workbook = xlsx_writer.new_workbook()
    for title, cells in (
        ("单位", UNIT),
        ("党支部信息", BRANCHES),
        ("党员花名册", MEMBERS),
        ("三会一课", ACTIVITIES),
        ("问题台账", PROBLEMS),
        ("食堂菜谱", CANTEEN),
    ):
        _write(workbook.create_sheet(title), cells)
    _finish(workbook)
    xlsx_writer.save(workbook, path)


def _finish(workbook: Workbook) -> None:
    """Merge the titles, and make text of what only looks like a formula."""
    workbook["单位"].merge_cells("B2:C2")
    workbook["党支部信息"].merge_cells("A1:H1")
    workbook["党员花名册"].merge_cells("C2:N2")
    workbook["三会一课"].merge_cells("A9:J9")
    workbook["问题台账"]["D2"].data_type = "s"


def _write(sheet: Worksheet, cells: Mapping[str, Line]) -> None:
    for start, line in cells.items():
        first = sheet[start]
        for offset, value in enumerate(line):
            if value is not None:
                sheet.cell(first.row, first.column + offset).value = value


def _csv(rows: Sequence[Sequence[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
