"""Hostile and wrong templates, one by one: each gets one clear line, and nothing runs, fetches or leaks."""

from __future__ import annotations

import datetime as dt
import io
import struct
import time
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from docsmith import RichText
from docsmith.errors import TemplateError
from docsmith.template import Properties, Template, render_text
from docsmith.template.package import reading as package_module
from tests.template.builders import docx, part, render, repacked, with_body_xml

PLAIN = docx("{{ x }}")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        Template.open(data, "t.docx")
    assert "\n" not in caught.value.message, "one line"
    return caught.value.message


def with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    relations = part(PLAIN, "word/_rels/document.xml.rels").decode()
    added = f'<Relationship Id="rBad" Type="{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return repacked(
        PLAIN, {"word/_rels/document.xml.rels": relations.replace("</Relationships>", added).encode()}
    )


def with_field(code: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code.split("|"))
    start, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return with_body_xml(PLAIN, f"<w:p>{start}{runs}{end}</w:p>")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (OLE + b"\0" * 600, ".doc or .wps"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", "HTML"),
        (b"<html></html>", "HTML"),
        (b"<?xml version='1.0'?><w/>", "XML"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90", "no Word document|not a Word document"),
        (PLAIN[: len(PLAIN) // 2], "damaged"),
        (PLAIN[:4], "damaged"),
    ],
)
def test_wrong_kinds_of_files_are_named(data: bytes, words: str) -> None:
    message = refusal(data)
    assert any(word in message for word in words.split("|"))


def test_a_flipped_byte_is_damage() -> None:
    position = PLAIN.index(b"word/document.xml") + 200
    changed = PLAIN[:position] + bytes([PLAIN[position] ^ 0xFF]) + PLAIN[position + 1 :]
    assert "damaged" in refusal(changed)


def test_another_zip_file_is_no_document() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "no Word document" in refusal(stream.getvalue())


@pytest.mark.parametrize("name", ["../x.xml", "a\\b"])
def test_a_package_with_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert "leads out of it" in refusal(repacked(PLAIN, {name: b"x"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    started = time.monotonic()
    assert "200 times its size" in refusal(repacked(PLAIN, {"word/media/x.png": b"\0" * (20 << 20)}))
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("size", "words"), [(package_module.MAX_PART, ""), (package_module.MAX_PART + 1, "64 MB")]
)
def test_a_part_may_be_as_large_as_a_picture(size: int, words: str) -> None:
    data = bytearray(repacked(PLAIN, {"x.bin": b"x" * 100}))
    position = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, position + 24, size)
    assert (words or "200 times") in refusal(bytes(data))


def test_a_password_is_named() -> None:
    data = bytearray(PLAIN)
    position = data.rindex(b"PK\x01\x02")
    data[position + 8] |= 1
    assert "password" in refusal(bytes(data))


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "name", ["word/document.xml", "docProps/app.xml", "word/styles.xml", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_in_any_part_is_refused(name: str, encoding: str) -> None:
    xml = part(PLAIN, name).decode()
    body = xml[xml.index("?>") + 2 :] if xml.startswith("<?xml") else xml
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{DTD}{body}'.encode(encoding)
    assert f"{name} has a DOCTYPE" in refusal(repacked(PLAIN, {name: hostile}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    "name", ["word/header1.xml", "word/footnotes.xml", "customXml/item1.xml", "word/x.vml"]
)
def test_a_doctype_is_refused_in_parts_that_nobody_reads(name: str, encoding: str) -> None:
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{DTD}<x/>'.encode(encoding)
    assert f"{name} has a DOCTYPE" in refusal(repacked(docx("x", header="y"), {name: hostile}))


def test_a_doctype_is_refused_in_a_part_that_is_xml_by_its_content_type() -> None:
    types = part(PLAIN, "[Content_Types].xml").decode()
    override = '<Override PartName="/word/x.dat" ContentType="application/xml"/></Types>'
    changes = {
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
        "word/x.dat": f"{DTD}<x/>".encode(),
    }
    assert "word/x.dat has a DOCTYPE" in refusal(repacked(PLAIN, changes))


def test_a_part_that_is_not_well_formed_is_named() -> None:
    assert "word/styles.xml is not well-formed" in refusal(
        repacked(PLAIN, {"word/styles.xml": b"<w:styles>"})
    )


def test_three_hundred_nested_tables_are_refused() -> None:
    xml = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    assert "word/document.xml is nested more than 200" in refusal(with_body_xml(PLAIN, xml))


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ],
)
def test_other_main_parts_are_refused(content_type: str) -> None:
    types = part(PLAIN, "[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    changed = repacked(PLAIN, {"[Content_Types].xml": types.replace(main, content_type).encode()})
    message = refusal(changed)
    assert "macros" in message or "no Word document" in message


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/oleObject1.bin"]
)
def test_programs_in_the_package_are_refused(name: str) -> None:
    assert name in refusal(repacked(PLAIN, {name: b"<x/>"}))


def test_a_picture_from_outside_is_refused() -> None:
    assert "http://evil.example/x" in refusal(with_relation(f"{OFFICE}/image", "http://evil.example/x"))


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "oleObject", "aFChunk", "subDocument", "frame", "package", "control"]
)
@pytest.mark.parametrize("mode", ["External", "Internal"])
def test_relationships_that_fetch_or_embed_are_refused(kind: str, mode: str) -> None:
    assert "word/document.xml" in refusal(with_relation(f"{OFFICE}/{kind}", "http://evil.example/x", mode))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "\\\\server\\share", "javascript:x", "ftp://x"])
def test_links_to_anything_but_the_web_and_mail_are_refused(target: str) -> None:
    assert target in refusal(with_relation(f"{OFFICE}/hyperlink", target))


@pytest.mark.parametrize("mode", ["external", "Internal", ""])
@pytest.mark.parametrize("target", ["http://evil.example/x", "file:///etc/passwd", "//evil/x", "\\\\evil\\x"])
def test_an_address_is_outside_whatever_it_claims_to_be(target: str, mode: str) -> None:
    assert target in refusal(with_relation(f"{OFFICE}/image", target, mode))


def test_a_main_document_of_a_mail_merge_is_refused() -> None:
    settings = part(PLAIN, "word/settings.xml").decode()
    merge = '<w:mailMerge><w:query w:val="SELECT * FROM x"/></w:mailMerge></w:settings>'
    changed = {"word/settings.xml": settings.replace("</w:settings>", merge).encode()}
    assert "word/settings.xml asks a database" in refusal(repacked(PLAIN, changed))


@pytest.mark.parametrize("code", ["DDEAUTO x", "INCLUDETEXT x", "HYPERLINK &quot;file:///x&quot;"])
def test_simple_fields_that_fetch_or_run_are_refused(code: str) -> None:
    xml = f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    assert "word/document.xml" in refusal(with_body_xml(PLAIN, xml))


@pytest.mark.parametrize("target", ["https://example.cn/", "http://example.cn/", "mailto:a@example.cn"])
def test_ordinary_links_stay(target: str) -> None:
    Template.open(with_relation(f"{OFFICE}/hyperlink", target))


@pytest.mark.parametrize(
    "code",
    [
        "DDEAUTO c:\\\\x", " DDE|AUTO x", "dde x", "INCLUDETEXT x", "INCLUDE|PICTURE x", "LINK x", "EMBED x",
        "IMPORT x", "DATABASE", "MACROBUTTON x", "RD x", 'HYPERLINK "file:///x"', "HYPERLINK \\\\server\\x",
    ],
)  # fmt: skip
def test_fields_that_fetch_or_run_are_refused(code: str) -> None:
    assert "word/document.xml" in refusal(with_field(code))


def test_a_field_whose_name_is_computed_is_refused() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    nested = f"<w:p>{begin}{begin}{code}{end}{code}{end}</w:p>"
    assert "word/document.xml" in refusal(with_body_xml(PLAIN, nested))


@pytest.mark.parametrize(
    "code", ["PAGE", " NUMPAGES \\* MERGEFORMAT", "TOC \\o", 'HYPERLINK \\l "here"', "=1+1", "P|AGE"]
)
def test_ordinary_fields_stay(code: str) -> None:
    Template.open(with_field(code))


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "{{ x.__class__.__mro__ }}",
        "{{ x['__class__'] }}",
        "{{ x.format }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{{ x|attr('__class__') }}",
        "{{ ''|safe }}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
        "{{ dict }}",
        "{{ self._TemplateReference__context }}",
        "{{ range.__self__ }}",
        "{{ loop.__class__ }}",
    ],
)
def test_no_way_leads_from_a_template_to_python(text: str) -> None:
    with pytest.raises(TemplateError, match="body, paragraph 1"):
        render(docx(text), {"x": "文"})


@pytest.mark.parametrize("member", ["runs", "xml", "__class__", "__html__", "add('x')", "_parts"])
def test_a_value_with_a_form_is_a_closed_box(member: str) -> None:
    with pytest.raises(TemplateError, match="body, paragraph 1"):
        render(docx(f"{{{{ x.{member} }}}}"), {"x": RichText("文")})


def test_data_that_holds_itself_twice_forty_times_over_is_refused() -> None:
    for leaf in (1, None):  # the one would be passed on as it is, the other copied
        doubled: list[Any] = [leaf]
        for _ in range(40):
            doubled = [doubled, doubled]
        with pytest.raises(TemplateError, match="too many lists"):
            render(docx("{{ x|length }}"), {"x": doubled})


@pytest.mark.parametrize("number", [Decimal("1e999999"), Decimal("1e-999999")])
def test_numbers_of_a_million_digits_are_refused(number: Decimal) -> None:
    with pytest.raises(TemplateError, match=r"too many digits|not a finite"):
        render(docx("{{ x }}"), {"x": number})


def test_a_whole_number_of_a_million_digits_is_not_printed() -> None:
    with pytest.raises(TemplateError, match="body"):
        render(docx("{{ x }}"), {"x": 10**1_000_000})


@pytest.mark.parametrize(
    "text",
    [
        "{{ 9**(9**9) }}", "{{ 10**(10**10) }}", "{{ 'a' * 10**10 }}", "{{ [1] * 10**9 }}",
        "{{ range(10**9)|list }}",
        "{{ '%0999999999d' % 1 }}", "{{ 'a'|center(10**10) }}", "{{ 'a'.ljust(10**10) }}",
        "{{ 'a'.zfill(10**10) }}",
        "{{ (1).to_bytes(10**10) }}", "{{ d.strftime('%0999999999d') }}", "{{ [1]|batch(10**9, 1)|list }}",
        "{{ [1]|slice(10**9)|list }}", "{{ ('a'*1000)|replace('a', 'b'*100000) }}",
        "{{ 'a'.expandtabs(10**9) }}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
        "{% set a = 'x' * 1000 %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set a = 'x' * 1000 %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
        "{% set a = 'x' * 1000 %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40 + "{{ a }}",
        "{% set a = 'x' * 100000 %}{% for i in range(100000) %}{{ a }}{% endfor %}",
        "{% macro m() %}{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}{% endmacro %}{{ m() }}",
        "{% for i in range(100000) %}" + "静" * 1000 + "{% endfor %}",
    ],
)  # fmt: skip
def test_no_template_runs_for_ever_or_fills_the_memory(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(TemplateError, match=r"t\.docx: body"):
        render(docx(text), {"d": dt.date(2026, 3, 5)})
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        "{{ " * 8000,
        "{" * 15_000,
        "{% " * 8000,
        "{{ x }}" * 21_000,
        "}" * 81_000,
        "{{ " * 39_000,
        "{{ x " * 39_000,
        "{" * 79_000,
    ],
)
def test_many_braces_are_refused_quickly(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(TemplateError):
        Template.open(docx(text))
    assert time.monotonic() - started < 10


def test_the_author_of_the_template_is_not_in_the_document() -> None:
    template = repacked(
        PLAIN,
        {"docProps/core.xml": part(PLAIN, "docProps/core.xml").replace(b"python-docx", "秘密".encode())},
    )
    properties = Properties("标题", "主题", "单位 & 支部", "self-check", "1.0")
    made = Template.open(template).render({"x": 1}, properties)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert "秘密".encode() not in everything
    assert not [
        name for name in names if "thumbnail" in name or ("custom" in name.lower() and "docProps" in name)
    ]
    core = part(made, "docProps/core.xml").decode()
    for text in ("标题", "主题", "单位 &amp; 支部", "<cp:category>self-check<", "<cp:version>1.0<"):
        assert text in core
    assert "created" not in core
    assert b"<Application>docsmith<" in part(made, "docProps/app.xml")


@pytest.mark.parametrize(
    "pattern",
    [
        "{{ [-50000000]|map('docsmith block', -50000000)|list }}",
        "{{ {'a': 1}.keys() - [] }}",
        "{{ range(3) - 1 }}",
        "{{ (d ** 900000)|int }}",
        "{{ range|string }}",
        "{{ 'a'.upper|upper }}",
        "{% for x in [1] %}{{ loop|string }}{% endfor %}",
        "{{ 1e400 }}",
        "{{ 10 ** 1000 * 10 ** 200 }}",
    ],
)
def test_no_expression_refunds_its_cost_or_shows_what_is_inside(pattern: str) -> None:
    with pytest.raises(TemplateError, match="pattern"):
        render_text(pattern, {"d": Decimal("10.5")}, "pattern")


def test_what_escapes_no_budget_is_refused_before_it_is_paid_back() -> None:
    refund = "{% set z = [-50000000]|map('docsmith block', -50000000)|list %}"
    endless = "{% for i in range(2000) %}" + refund + "{% for j in range(20000) %}{% endfor %}{% endfor %}"
    with pytest.raises(TemplateError, match="steps"):
        render_text(endless, {}, "pattern")
