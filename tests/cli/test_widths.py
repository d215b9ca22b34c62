"""What an office makes of a shape or of its own form: tables that hold in Word, WPS and LibreOffice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docsmith.cli.plugin.new import command
from tests.cli.conftest import Docsmith
from tests.widths import check_widths

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / "tests" / "forms").glob("*.docx"))
(SHAPES,) = (option.type.choices for option in command.params if option.name == "shape")


@pytest.mark.parametrize("origin", [*SHAPES, *FORMS], ids=lambda one: getattr(one, "stem", one))
def test_every_cell_is_as_wide_as_its_grid_columns(
    docsmith: Docsmith, tmp_path: Path, origin: str | Path
) -> None:
    shutil.copy(ROOT / "fixtures" / "示例单位" / "数据.xlsx", tmp_path)
    (tmp_path / "docsmith.toml").write_text("data = '数据.xlsx'\n", encoding="utf-8")
    wanted = ("--from", str(origin)) if isinstance(origin, Path) else ("--shape", origin)
    assert docsmith("plugin", "new", "my-type", "--title", "样表", *wanted).code == 0
    check_widths((tmp_path / "文种" / "my-type" / "template.docx").read_bytes())
    assert docsmith("render", "my-type").code == 0
    for document in (tmp_path / "输出").rglob("*.docx"):
        check_widths(document.read_bytes())
