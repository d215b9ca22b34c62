"""A key of ``plugin.toml`` is found in its line, however the file is written."""

from __future__ import annotations

from docsmith.plugin.manifest_lines import key_lines, line_of

_TEXT = """\
id = "notice"  # [not a header]
title = '''
where = "in a text"
'''
"uses" = [
  "members",
  "talks",
]
[columns]
"党员" = [
  { name = "hometown", title = "籍贯 [省]" },

  # { name = "old" },
  { name = "home", title = "住址" },
]
[[tables]]
name = "one"
[[tables]]
name = "two"
[tables.join]
on = "编号"
[[sheets]]
[[sheets.columns]]
name = "a"
[[sheets.columns]]
name = "b"
[[sheets]]
[[sheets.columns]]
name = "c"
"""


def test_each_key_has_its_line() -> None:
    lines = key_lines(_TEXT)
    wanted = {
        "id": 1, "title": 2, "where": 0, "uses[2]": 5, "columns.党员[2].title": 14, "tables[1].name": 17,
        "tables[2].sort": 18, "tables[2].join.on": 21, "sheets[1].columns[2].name": 26,
        "sheets[2].columns[1].name": 29, "nothing": 0, "": 0,
    }  # fmt: skip
    assert {path: line_of(path, lines) for path in wanted} == wanted
