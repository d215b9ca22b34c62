"""A party office whose document types are made for rows, for branches, and for the whole unit."""

from __future__ import annotations

from pathlib import Path

from tests.plugins_for_tests import make_plugin

TALKS = "支部,日期,谈话人,谈话对象,备注"
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
    """Make 谈话记录 for each talk, 承诺书 for each full member, 花名册 for the unit, 通知 for each branch."""
    make_type(
        parent,
        "talk-record",
        "谈话记录",
        "谈心谈话",
        "{{ 记录.谈话对象 }}-谈话记录",
        "{{ 支部.支部名称 }} {{ record.date }} {{ 记录.谈话对象 }} {{ 记录.备注|默认('无') }}",
        'sort = "日期"\n',
    )
    make_type(
        parent,
        "pledge",
        "承诺书",
        "members",
        "{{ 记录.姓名 }}-承诺书",
        "{{ 记录.姓名 }}",
        'where = "党籍状态=正式党员"\n',
    )
    make_type(
        parent,
        "roster",
        "花名册",
        "unit",
        "{{ 单位.单位名称 }}-花名册",
        "{% for 支 in 支部 %}{{ 支.支部名称 }}；{% endfor %}{% for 人 in 党员 %}{{ 人.姓名 }}、{% endfor %}",
    )
    make_plugin(parent, "notice", "通知", text="{{ 支部.支部名称 }}")


def write_csv(data: Path, sheet: str, header: str, *rows: str) -> None:
    """Write the rows of a sheet."""
    text = "\n".join((header, *rows)) + "\n"
    (data / f"{sheet}.csv").write_text(text, encoding="utf-8")


def write_talks(data: Path, *rows: str) -> None:
    """Write talks: 第一党支部,2026-03-01,张三,李四."""
    write_csv(data, "谈心谈话", TALKS, *(row + "," * (TALKS.count(",") - row.count(",")) for row in rows))
