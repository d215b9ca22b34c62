"""The documentation says what the code does, and names nothing that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import click
import docx
import pytest
from tools.make_docs import DOCS, refreshed
from tools.manifest_page import IN_CHINESE, manifest_tables

from docsmith.cli.group import COMMANDS, docsmith
from docsmith.plugin.tables import Table
from docsmith.template.language.environment import TemplateEnvironment
from docsmith.template.reading import read_document
from tests.docs.test_examples import unlike
from tests.plugins_for_tests import make_plugin, manager_of

ROOT = DOCS.parent
PAGES = sorted(
    [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "fixtures/README.md"]
)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run ./dev docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_measurements_in_the_pages_can_be_made_again(page: Path) -> None:
    found = re.findall(r"python (benchmarks/\w+\.py|-m benchmarks[.\w]*)", page.read_text(encoding="utf-8"))
    places = [name.removeprefix("-m ").removesuffix(".py").replace(".", "/") for name in found]
    assert [
        one for one in places if not ((ROOT / f"{one}.py").exists() or (ROOT / one / "__main__.py").exists())
    ] == []


COMMAND = r"\bdocsmith (plugin [a-z]+|[a-z]+)\b(.*)"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_pages_exist_with_their_options(page: Path) -> None:
    for name, rest in re.findall(COMMAND, page.read_text(encoding="utf-8")):
        if name.split()[0] in COMMANDS:
            assert set(_options_in(rest)) <= _options_of(name), (name, rest)
        else:
            assert f"docsmith {name}" not in _code_of(page), name


def _options_of(name: str) -> set[str]:
    """Return the options of a command: ``render``, ``plugin new``."""
    command: click.Command | None = docsmith
    for word in name.split():
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
    assert command is not None
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


def _options_in(text: str) -> list[str]:
    return re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", re.split(r"[#`|]", text)[0])


def _code_of(page: Path) -> str:
    """Return the commands that stand on a page: prose may say that docsmith never invents."""
    blocks = re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    return "\n".join(block for block in blocks if not block.startswith("```python"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_programs_in_the_pages_import_what_there_is(page: Path) -> None:
    programs = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for program in programs:
        for line in re.findall(r"^(?:from|import) .*", program, re.MULTILINE):
            exec(line, {})


@pytest.mark.parametrize("page", ["README.md", "docs/engine.md"])
def test_programs_in_the_pages_make_documents(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)[0]
    template = docx.Document()
    for text in (
        "{{ 支部.书记 }}",
        "{%p for row in rows %}",
        "{{ row.项目 }}{{ row.结论 }}",
        "{%p endfor %}",
    ):
        template.add_paragraph(text)
    template.save(str(tmp_path / re.findall(r'Template\.open\("(.+)"\)', program)[0]))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {
        "context": {"支部": {"书记": "张三"}, "rows": [{"项目": "党员大会", "结论": "√"}]}
    }
    exec(program, names)
    assert "张三" in read_document(names["document"]).text
    for shown in re.findall(r"^template\.fields  # (.*)$", program, re.MULTILINE):
        assert unlike([shown], str(dict(names["template"].fields))) is None


KEYS = [(table, name) for table in manifest_tables() for name in table.keys]


@pytest.mark.parametrize(("table", "name"), KEYS, ids=lambda value: getattr(value, "__name__", value))
def test_every_key_of_a_manifest_is_documented_with_an_example_that_is_read(
    table: type[Table], name: str
) -> None:
    key, mistakes = table.keys[name], list[str]()
    assert key.says.endswith((".", "）"))
    assert f"```toml\n{key.example}\n```" in (DOCS / "plugin-toml.md").read_text(encoding="utf-8")
    content = tomllib.loads(key.example)
    assert list(content) == [name]
    key.read(content[name], name, mistakes)
    assert mistakes == []


def test_every_key_of_a_manifest_is_explained_in_chinese_and_no_other() -> None:
    assert {table: list(said) for table, said in IN_CHINESE.items()} == {
        table.__name__: list(table.keys) for table in manifest_tables()
    }


def test_every_filter_of_docsmith_is_documented() -> None:
    page = (DOCS / "filters.md").read_text(encoding="utf-8")
    chinese = {name for name in TemplateEnvironment(autoescape=True).filters if not name.isascii()}
    assert {name for name in chinese if f"`{name}" not in page and f"|{name}" not in page} == set()


# Parts of a plugin.toml that stand on a page by themselves; whole files have a title, and are used there.
PARTS = [
    block
    for name in ("forms.md", "per.md", "plugin-toml.md")
    for block in re.findall(
        r"```toml\n(.*?)```",
        (DOCS / name).read_text(encoding="utf-8").partition("<!-- generated")[0],
        re.DOTALL,
    )
]


@pytest.mark.parametrize("block", PARTS)
def test_parts_of_a_manifest_on_the_pages_fit_the_sheets(tmp_path: Path, block: str) -> None:
    folder = make_plugin(tmp_path, more=block)
    (folder / "items.csv").write_text("编号,项目,验收内容,分值\n1,组织,设置,5\n", encoding="utf-8")
    assert manager_of(folder).broken == {}
