"""A small unit with data: enough for every bundled document type, and little enough to read in a test."""

from __future__ import annotations

from typing import Any

FIRST, SECOND = "第一党支部", "第二党支部"


def small_unit() -> dict[str, Any]:
    """Return the data of two branches, by sheet: the first has records of every kind, the second its name."""
    return {**_unit(), **_life(), **_work()}


def _unit() -> dict[str, Any]:
    return {
        "单位": {"单位名称": "示例研究所", "年度": "2026", "填报日期": "2026-12-08"},
        "支部": [
            {"支部名称": FIRST, "支部类别": "普通支部", "书记": "张三", "组织委员": "李四"},
            {"支部名称": SECOND},
        ],
        "党员": [
            _member("张三", "男", "1975-06-21", "正式党员", "2000-07-01", "第一党小组"),
            _member("李四", "女", "1988-11-02", "正式党员", "2012-05-18", "第二党小组"),
            _member("王五", "男", "1999-03-05", "预备党员", "2026-05-20", "第二党小组"),
        ],
    }


def _life() -> dict[str, Any]:
    return {
        "组织生活": [
            _activity("支部党员大会", "2026-03-05", "审议年度工作计划"),
            _activity("主题党日", "2026-06-30", "重温入党誓词"),
        ],
        "谈心谈话": [
            {
                "支部": FIRST,
                "日期": "2026-04-02",
                "谈话人": "张三",
                "谈话对象": "王五",
                "谈话类型": "支委与党员",
                "地点": "党员活动室",
                "谈话内容": "预备期的学习和工作",
            }
        ],
    }


def _work() -> dict[str, Any]:
    return {
        "工作计划": [
            {
                "支部": FIRST,
                "责任主体": "党支部",
                "工作类别": "政治理论",
                "工作内容": "制定并实施年度学习计划",
                "责任人": "李四",
                "完成时限": "2026-12-31",
            }
        ],
        "问题清单": [
            {
                "支部": FIRST,
                "问题类别": "支部班子强",
                "存在问题": "支委联系党小组不够经常",
                "整改措施": "每季度至少参加一次党小组会",
                "责任人": "张三",
                "整改时限": "2026-11-30",
            }
        ],
        "测评": [
            {
                "支部": FIRST,
                "测评项目": "支部班子建设",
                "发出": "10",
                "收回": "10",
                "有效": "10",
                "满意": "9",
                "基本满意": "1",
                "不满意": "0",
                "不了解": "0",
            }
        ],
    }


def _member(name: str, gender: str, born_on: str, status: str, joined_on: str, group: str) -> dict[str, str]:
    return {
        "支部": FIRST,
        "姓名": name,
        "性别": gender,
        "出生日期": born_on,
        "党籍状态": status,
        "加入党组织日期": joined_on,
        "党小组": group,
    }


def _activity(kind: str, date: str, topic: str) -> dict[str, str]:
    return {
        "支部": FIRST,
        "类型": kind,
        "日期": date,
        "时间": "14:00",
        "地点": "党员活动室",
        "主题": topic,
        "主持人": "张三",
        "记录人": "李四",
        "应到人数": "3",
        "实到人数": "3",
    }
