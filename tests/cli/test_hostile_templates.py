"""Types from strangers: a hostile template is one clear line, and every other type is made as ever."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.engine.data import text_of
from tests.plugins_for_tests import make_plugin
from tests.template.builders import docx, part, repacked

_MEGABYTE = bytes(1 << 20)


def bomb() -> bytes:
    """Return a package of one megabyte that unpacks to a gigabyte."""
    stream = io.BytesIO(docx("x"))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/media/image1.png", "w", force_zip64=True) as entry,
    ):
        for _ in range(1024):
            entry.write(_MEGABYTE)
    return stream.getvalue()


def with_doctype(encoding: str) -> bytes:
    """Return a package whose header has a DTD."""
    template = docx("x", header="y")
    xml = part(template, "word/header1.xml").decode()
    body = xml[xml.index("?>") + 2 :]
    doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{body}'.encode(encoding)
    return repacked(template, {"word/header1.xml": hostile})


ENDLESS = "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"
ESCAPE = "{{ cycler.__init__.__globals__.os.popen('id') }}"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (docx(ENDLESS), "more than 50000000 steps"),
        (docx(ESCAPE), "no field called cycler"),
        (docx("x", header=ESCAPE), "no field called cycler"),
        (with_doctype("utf-8"), "word/header1.xml has a DOCTYPE"),
        (with_doctype("utf-16"), "word/header1.xml has a DOCTYPE"),
        (docx("{{ (" + "(" * 900 + "1" + ")" * 900 + ") }}"), "brackets are nested"),
        (b"", "empty"),
    ],
)
def test_a_hostile_template_harms_no_other_type(
    template: bytes, words: str, docsmith: Docsmith, workspace: Path
) -> None:
    folder = make_plugin(workspace / "文种", "stranger", "来历不明")
    (folder / "template.docx").write_bytes(template)
    done = docsmith("render", "stranger", "notice")
    assert done.code == 1
    assert len([line for line in (done.out + done.err).splitlines() if words in line]) >= 1
    assert "Traceback" not in done.err
    written = sorted(path.name for path in (workspace / "输出").rglob("*.docx"))
    assert written == ["第一党支部-通知.docx", "第二党支部-通知.docx"]
    first = next((workspace / "输出").rglob("第一党支部-通知.docx"))
    assert text_of(first.read_bytes()) == "第一党支部：张三"


def test_a_gigabyte_in_a_megabyte_is_refused_before_it_is_unpacked(
    docsmith: Docsmith, workspace: Path
) -> None:
    folder = make_plugin(workspace / "文种", "stranger", "来历不明")
    (folder / "template.docx").write_bytes(bomb())
    assert (folder / "template.docx").stat().st_size < 8 << 20
    done = docsmith("render", "stranger", "notice")
    assert done.code == 1
    assert "unpacks to more than 64 MB" in done.out + done.err
    assert len(list((workspace / "输出").rglob("*.docx"))) == 2
