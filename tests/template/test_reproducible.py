"""The same template, data and version give the same bytes; renders do not disturb each other."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from docsmith.template import Properties, Template
from tests.template.builders import docx, rows, texts

TEMPLATE = docx(
    "{{ 支部.名称 }} {{ n }}",
    [["{%tr for x in xs %}"], ["{{ x.a }}", "{{ x.b|姓名 }}"], ["{%tr endfor %}"]],
    header="{{ n }}",
)  # fmt: skip
PROPERTIES = Properties("标题", "主题", "单位", "self-check", "1.0")
SCRIPT = """
import hashlib, sys
from pathlib import Path
from docsmith.template import Properties, Template
context = {"支部": {"名称": "甲"}, "n": None, "xs": [{"a": i, "b": "张三"} for i in range(20)]}
properties = Properties("标题", "主题", "单位", "self-check", "1.0")
made = Template.open(Path(sys.argv[1])).make(context, properties)
print(hashlib.sha256(made.data).hexdigest())
"""


def context(number: int) -> dict[str, object]:
    return {
        "支部": {"名称": f"第{number}支部"},
        "n": number if number % 2 else None,
        "xs": [{"a": number, "b": "张三"} for _row in range(number % 7)],
    }


def test_the_bytes_depend_on_neither_hash_seed_nor_zone_nor_locale_nor_folder(tmp_path: Path) -> None:
    hashes = set()
    for seed, zone, language in (
        ("0", "UTC", "C"),
        ("1", "Asia/Shanghai", "zh_CN.UTF-8"),
        ("77", "America/New_York", "C"),
    ):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / "template.docx").write_bytes(TEMPLATE)
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        command = [sys.executable, "-c", SCRIPT, str(folder / "template.docx")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=folder)
        hashes.add(run.stdout)
    assert len(hashes) == 1


def test_the_package_has_fixed_times_and_an_order() -> None:
    made = Template.open(TEMPLATE).render(context(1), PROPERTIES)
    with zipfile.ZipFile(BytesIO(made)) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        made_of_data = ["docProps/core.xml", "word/document.xml", "word/header1.xml"]
        assert names[1:-3] == sorted(names[1:-3])
        assert names[-3:] == made_of_data
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr for info in package.infolist()} == {0}


def test_one_template_renders_different_contexts_in_turn() -> None:
    template = Template.open(TEMPLATE)
    for number in (3, 0, 5, 3):
        made = template.make(context(number), PROPERTIES)
        assert texts(made.data)[0].startswith(f"第{number}支部")
        assert len(made.missing) == (number + 1) % 2
        assert made.data == Template.open(TEMPLATE).make(context(number), PROPERTIES).data


def test_threads_share_a_template() -> None:
    template = Template.open(TEMPLATE)
    expected = [template.make(context(number), PROPERTIES) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: template.make(context(number), PROPERTIES), range(40)))
    assert [one.data for one in made] == [one.data for one in expected]
    assert [len(one.missing) for one in made] == [len(one.missing) for one in expected]


def test_a_failed_rendering_leaves_the_template_as_it_was() -> None:
    template = Template.open(TEMPLATE)
    before = template.render(context(3), PROPERTIES)
    with pytest.raises(Exception, match="no field called"):
        template.render({}, PROPERTIES)
    assert template.render(context(3), PROPERTIES) == before


def test_a_thousand_rows_are_all_there() -> None:
    xs = [{"a": number, "b": "王小二"} for number in range(1000)]
    made = Template.open(TEMPLATE).make({**context(1), "xs": xs}, PROPERTIES)
    assert [row[0] for row in rows(made.data)] == [str(number) for number in range(1000)]
