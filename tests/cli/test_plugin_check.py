"""``docsmith plugin check``: everything at once, and nothing is run or written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Docsmith
from tests.cli.sent import HELLO, ITEMS, codes, hello, letter, zip_of
from tests.plugins_for_tests import make_plugin


def test_check_makes_documents_on_trial_of_a_sound_plugin(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    done = docsmith("plugin", "check", str(letter(sent)), "--json")
    assert done.code == 0, done.out
    (plugin,) = done.json["plugins"]
    assert plugin["sound"]
    assert set(plugin["documents"]) == {"示例第一党支部-来信.docx", "示例第二党支部-来信.docx"}
    assert not (workspace / "输出").exists()


@pytest.mark.usefixtures("workspace")
def test_check_tells_mistakes_of_manifest_template_and_rows_at_once(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent, text="{{ 支部.书纪 }}", more=ITEMS)
    (folder / "items.csv").write_text("内容,分值\n甲,很多\n,1\n乙,2,3\n", encoding="utf-8")
    done = docsmith("plugin", "check", str(folder))
    assert done.code == 1
    for words in ("书纪", "书记", "row 2, 分值", "row 3, 内容", "row 4 has more cells"):
        assert words in done.out


@pytest.mark.usefixtures("workspace")
def test_check_looks_at_the_template_although_the_manifest_is_wrong(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent, more="verison = 1\nsynonym = []\n", text="{{ 支部.书记")
    found = docsmith("plugin", "check", str(folder), "--json")
    messages = "\n".join(one["message"] for one in found.json["findings"])
    assert found.code == 1
    assert all(words in messages for words in ("verison", "synonym", "{{"))


@pytest.mark.usefixtures("workspace")
def test_check_finds_what_only_shows_where_nothing_is_known(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent, text="{{ 100 // (党员|length) }}")
    done = docsmith("plugin", "check", str(folder), "--json")
    assert (done.code, codes(done)) == (1, ["trial"])


@pytest.mark.usefixtures("workspace")
def test_check_says_when_word_would_have_to_repair_a_document(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent)
    template = docx.Document()
    cell = template.add_table(1, 1).cell(0, 0)
    inner = cell.add_table(1, 1)
    cell._tc.remove(inner._tbl.getnext())
    template.save(str(folder / "template.docx"))
    done = docsmith("plugin", "check", str(folder), "--json")
    assert (done.code, codes(done)) == (1, ["trial-unsound"])


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("def f(:\n", "no Python"),
        (HELLO.replace("build_context", "build_contxt"), "Did you mean docsmith_build_context"),
        (HELLO.replace("@hookimpl\n", ""), "is never called"),
        (HELLO.replace("verdicts", "verdict"), "has no argument verdict"),
        (
            f"@a{'.b' * 1_800}\ndef f(): ...\n{HELLO.replace('verdicts', 'verdict')}",
            "has no argument verdict",
        ),
    ],
)
def test_check_looks_at_python_without_running_it(
    docsmith: Docsmith, sent: Path, python: str, words: str
) -> None:
    folder = make_plugin(sent, "hello", "问候", python=f"{python}\nimport sys\nsys.exit(0)\n")
    done = docsmith("plugin", "check", str(folder))
    assert done.code == 1
    assert words in done.out


@pytest.mark.usefixtures("workspace")
def test_check_runs_python_only_where_it_is_allowed(docsmith: Docsmith, sent: Path) -> None:
    folder = hello(sent)
    unseen = docsmith("plugin", "check", str(folder), "--json")
    assert (unseen.code, codes(unseen), unseen.json["plugins"][0]["documents"]) == (
        0,
        ["plugin-untrusted"],
        [],
    )
    tried = docsmith("plugin", "check", str(folder), "--trust", "hello", "--json")
    assert (codes(tried), len(tried.json["plugins"][0]["documents"])) == ([], 3)


@pytest.mark.usefixtures("workspace")
def test_check_takes_an_id_a_zip_and_a_wheel(docsmith: Docsmith, sent: Path) -> None:
    assert docsmith("plugin", "check", "notice").code == 0
    assert docsmith("plugin", "check", str(zip_of(letter(sent), sent / "letter.zip"))).code == 0
    wheel = sent / "unit_forms-1.0-py3-none-any.whl"
    package = sent / "unit_forms"
    letter(package)
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in sorted(package.rglob("*.*")):
            archive.write(path, path.relative_to(sent))
        archive.writestr(
            "unit_forms-1.0.dist-info/entry_points.txt", "[docsmith]\nletter = unit_forms.letter\n"
        )
    done = docsmith("plugin", "check", str(wheel), "--json")
    assert [one["id"] for one in done.json["plugins"]] == ["letter"]


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("names", [("x", "x/y"), ("plugin.toml/y",), ("/".join(["d" * 100] * 60),)])
def test_check_of_a_zip_that_no_disk_can_hold_names_it(
    docsmith: Docsmith, sent: Path, names: tuple[str, ...]
) -> None:
    with zipfile.ZipFile(sent / "odd.zip", "w") as archive:
        for name in ("plugin.toml", *names):
            archive.writestr(f"odd/{name}", "")
    done = docsmith("plugin", "check", str(sent / "odd.zip"))
    assert (done.code, "odd.zip" in done.err) == (4, True)


@pytest.mark.usefixtures("workspace")
def test_check_of_what_is_not_there_names_the_nearest(docsmith: Docsmith) -> None:
    done = docsmith("plugin", "check", "notise")
    assert done.code == 2
    assert "Did you mean notice?" in done.err


@pytest.mark.usefixtures("workspace")
def test_what_a_zip_lacks_is_named_with_the_zip_not_with_where_it_was_unpacked(
    docsmith: Docsmith, sent: Path
) -> None:
    folder = letter(sent, more=ITEMS)
    (folder / "template.docx").unlink()
    done = docsmith("plugin", "check", str(zip_of(folder, sent / "来信.zip")), "--json")
    messages = [one["message"] for one in done.json["findings"]]
    for name in ("items.csv", "template.docx"):
        assert f"The file {name} is not there ({sent / '来信.zip' / 'letter' / name})." in messages


@pytest.mark.usefixtures("workspace")
def test_programs_that_nobody_asked_for_are_warned_of(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent)
    for name in ("安装.EXE", "run.vbs", "old.docm", "hooks.py", "说明.txt", "form.docx"):
        (folder / name).write_bytes(b"x")
    done = docsmith("plugin", "check", str(zip_of(folder, sent / "letter.zip")), "--json")
    assert done.code == 0
    assert codes(done) == ["plugin-program"] * 4
    said = "".join(one["message"] for one in done.json["findings"])
    assert all(name in said for name in ("安装.EXE", "run.vbs", "old.docm", "hooks.py"))


@pytest.mark.usefixtures("workspace")
def test_the_python_of_a_plugin_with_python_is_no_stray_program(docsmith: Docsmith, sent: Path) -> None:
    folder = hello(sent)
    (folder / "words.py").write_text("x = 1\n", encoding="utf-8")
    assert codes(docsmith("plugin", "check", str(folder), "--trust", "hello", "--json")) == []


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("start", ["src", "."])
def test_the_project_of_a_package_is_checked_and_left_to_pip(
    docsmith: Docsmith, sent: Path, start: str
) -> None:
    letter(sent / start / "unit_forms")
    points = '[project.entry-points.docsmith]\nletter = "unit_forms.letter"\n'
    (sent / "pyproject.toml").write_text(points, encoding="utf-8")
    done = docsmith("plugin", "check", str(sent), "--json")
    assert (done.code, [one["id"] for one in done.json["plugins"]]) == (0, ["letter"])
    assert f"pip install '{sent}'" in docsmith("plugin", "install", str(sent)).err
    assert f"pip wheel --no-deps '{sent}'" in docsmith("plugin", "pack", str(sent)).err


@pytest.mark.usefixtures("workspace")
def test_a_package_may_be_checked_where_it_is_installed_already(
    docsmith: Docsmith, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = '[project.entry-points.docsmith]\nletter = "unit_forms.letter"\n'
    (sent / "pyproject.toml").write_text(points, encoding="utf-8")
    folder = letter(sent / "src" / "unit_forms")
    site = sent / "site-packages"
    letter(site / "unit_forms")
    (site / "unit_forms" / "__init__.py").touch()
    info = site / "unit_forms-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unit-forms\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[docsmith]\nletter = unit_forms.letter\n", encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("DOCSMITH_PACKAGES", "on")
    assert codes(docsmith("plugin", "check", str(sent), "--json")) == []
    assert codes(docsmith("plugin", "check", str(folder), "--json")) == ["plugin-id-taken"]


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("text", ["x", "[project]\nentry-points = 1", "project = 1", "[project]\nname = 'x'"])
def test_a_project_without_plugins_is_told_what_makes_it_one(
    docsmith: Docsmith, sent: Path, text: str
) -> None:
    (sent / "pyproject.toml").write_text(text, encoding="utf-8")
    done = docsmith("plugin", "check", str(sent))
    assert (done.code, "an entry point in the group docsmith" in done.err) == (2, True)


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("{{ 支部.支部名臣 }}-{{ 党员|length }}", ["unknown-name", "unknown-name"]),
        ("｛｛ 支部.支部名称 ｝｝{% if 年度 %}", ["full-width", "block-unclosed"]),
        ("{{ 支部 }}", ["value-unfit"]),
        ("{{ 支部 书记 }}", ["tag-unreadable"]),
    ],
)
def test_check_finds_what_no_file_name_can_have_in_its_line(
    docsmith: Docsmith, sent: Path, output: str, told: list[str]
) -> None:
    path = letter(sent) / "plugin.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if line.startswith("output"))
    lines[number] = f"output = '{output}'"
    for more, others in ((), []), (("verison = 1",), ["plugin-broken"]):
        path.write_text("\n".join([*lines, *more]), encoding="utf-8")
        done = docsmith("plugin", "check", str(path.parent), "--json")
        assert (done.code, codes(done)) == (1, [*told, *others])
        assert {one["cell"] for one in done.json["findings"][: len(told)]} == {f"L{number + 1}"}


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "wrong",
    ["[columns]\nmembers = 1", "[columns]\nmembers = [{}]", "[[sheets]]\ncolumns = 1", "sheets = [{}, 1]"],
)
def test_check_tells_what_is_no_list_of_columns(docsmith: Docsmith, sent: Path, wrong: str) -> None:
    done = docsmith("plugin", "check", str(letter(sent, more=f"{wrong}\n")), "--json")
    assert (done.code, {*codes(done)}) == (1, {"plugin-broken"})


@pytest.mark.usefixtures("workspace")
def test_check_knows_the_names_of_a_template_although_the_manifest_is_wrong(
    docsmith: Docsmith, sent: Path
) -> None:
    visits = '[[sheets]]\nname = "visits"\ntitle = "走访"\ncolumns = [{ name = "who", title = "谁" }]\n'
    text = "{{ 支部.书纪 }}{% for 行 in 走访 %}{{ 行.谁 }}{{ 行.水 }}{% endfor %}"
    path = letter(sent, more=f"verison = 1\n{visits}", text=text) / "plugin.toml"
    done = docsmith("plugin", "check", str(path.parent), "--json")
    assert codes(done) == ["plugin-broken", "unknown-name", "unknown-name"]
    path.write_text(path.read_text(encoding="utf-8").replace("[{ name", "[{ nam"), encoding="utf-8")
    assert codes(docsmith("plugin", "check", str(path.parent), "--json")) == ["plugin-broken"] * 2


def test_what_a_plugin_takes_the_place_of_is_told_before_it_is_installed(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    own = letter(workspace / "bundled" / "plugins")
    templates = workspace / "bundled" / "templates" / "letter"
    templates.mkdir(parents=True)
    (own / "template.docx").rename(templates / "template.docx")
    done = docsmith("plugin", "check", str(letter(sent, more="overrides = true\n")), "--json")
    assert done.code == 0
    assert "takes the place of 来信 (letter, bundled)" in done.json["findings"][0]["message"]


@pytest.mark.usefixtures("workspace")
def test_of_a_zip_of_many_plugins_some_are_named(docsmith: Docsmith, sent: Path) -> None:
    with zipfile.ZipFile(sent / "many.zip", "w") as archive:
        for number in range(1000):
            archive.writestr(f"p{number:04}/plugin.toml", "")
    done = docsmith("plugin", "check", str(sent / "many.zip"))
    assert (done.code, "p0009……" in done.err) == (2, True)
