"""A party office whose document types are made for rows, for branches, and for the whole unit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.engine.data import text_of
from tests.plugins_for_tests import make_plugin

FIRST, SECOND = "第一党支部", "第二党支部"
TALKS = (
    "第一党支部,2026-03-01,张三,李四",
    "第一党支部,2026-03-05,张三,王五",
    "第一党支部,2026-06-01,张三,李四",
    "第二党支部,2026-04-01,张三,李四",
)
_TALKS = "支部,日期,谈话人,谈话对象,备注"
MEMBERS = "支部,姓名,性别,党籍状态"


def make_type(
    parent: Path, plugin_id: str, title: str, per: str, output: str, text: str, more: str = ""
) -> Path:
    """Make a document type; ``output`` is the name of its files."""
    folder = make_plugin(parent, plugin_id, title, f'per = "{per}"\n{more}', text=text)
    manifest = folder / "plugin.toml"
    lines = [
        f'output = "{output}"' if line.startswith("output = ") else line
        for line in manifest.read_text(encoding="utf-8").splitlines()
    ]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def make_types(parent: Path) -> None:
    """Make 谈话单 for each talk, 承诺单 for each full member, 名单表 for the unit, 通知单 for each branch."""
    make_type(
        parent,
        "test-talks",
        "谈话单",
        "谈心谈话",
        "{{ 记录.谈话对象 }}-谈话单",
        "{{ 支部.支部名称 }} {{ record.date }} {{ 记录.谈话对象 }} {{ 记录.备注|默认('无') }}",
        'sort = "日期"\n',
    )
    make_type(
        parent,
        "test-pledge",
        "承诺单",
        "members",
        "{{ 记录.姓名 }}-承诺单",
        "{{ 记录.姓名 }}",
        'where = "党籍状态=正式党员"\n',
    )
    make_type(
        parent,
        "test-roster",
        "名单表",
        "unit",
        "{{ 单位.单位名称 }}-名单表",
        "{% for 支 in 支部 %}{{ 支.支部名称 }}；{% endfor %}{% for 人 in 党员 %}{{ 人.姓名 }}、{% endfor %}",
    )
    make_plugin(parent, "test-notice", "通知单", text="{{ 支部.支部名称 }}")


def write_csv(data: Path, sheet: str, header: str, *rows: str) -> None:
    """Write the rows of a sheet."""
    text = "\n".join((header, *rows)) + "\n"
    (data / f"{sheet}.csv").write_text(text, encoding="utf-8")


def write_talks(data: Path, *rows: str) -> None:
    """Write talks: 第一党支部,2026-03-01,张三,李四."""
    write_csv(data, "谈心谈话", _TALKS, *(row + "," * (_TALKS.count(",") - row.count(",")) for row in rows))


def make_office(folder: Path) -> Path:
    """Make a workspace of two branches with talks and members; return the folder of its data."""
    data = folder / "数据"
    data.mkdir()
    write_csv(data, "单位", "项目,内容", "单位名称,研究所", "年度,2026")
    write_csv(data, "支部", "支部名称,书记", f"{FIRST},张三", f"{SECOND},李四")
    write_csv(
        data,
        "党员",
        MEMBERS,
        f"{SECOND},钱七,男,正式党员",
        f"{FIRST},王五,男,正式党员",
        f"{FIRST},赵六,男,入党申请人",
    )
    write_talks(data, *TALKS)
    make_types(folder / "文种")
    (folder / "docsmith.toml").write_text("data = '数据'\nplugins = '文种'\n", encoding="utf-8")
    return data


def files(data: Path) -> dict[str, str]:
    """Return what each document of the year says, by its path there."""
    out = data.parent / "输出" / "2026"
    return {path.relative_to(out).as_posix(): text_of(path.read_bytes()) for path in out.rglob("*.docx")}


def talks(data: Path) -> dict[str, str]:
    """Return what the documents of talks of the first branch say, by their names."""
    folder = f"{FIRST}/谈话单/"
    return {name.removeprefix(folder): text for name, text in files(data).items() if name.startswith(folder)}


def documents(answer: Any) -> list[Mapping[str, Any]]:
    """Return the documents in the answer of a command with --json."""
    found: list[Mapping[str, Any]] = answer.json["documents"]
    return found


def statuses(answer: Any) -> dict[str, str]:
    """Return what became of each document, by its name, or that of its branch."""
    return {one.get("name", one["branch"]): one["status"] for one in documents(answer)}
