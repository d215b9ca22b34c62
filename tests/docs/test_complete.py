"""Whatever a user can meet is documented and tested: hooks, commands, keys of a manifest, errors."""

from __future__ import annotations

import inspect
import re
from functools import cache

import click
import pytest
from tools.make_docs import DOCS
from tools.manifest_page import manifest_tables

from docsmith import errors
from docsmith.cli.group import docsmith
from docsmith.plugin import hookspecs

TESTS = DOCS.parent / "tests"
HOOKS = [name for name in vars(hookspecs) if name.startswith("docsmith_")]
ERRORS = [
    name
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, errors.DocsmithError)
]
KEYS = sorted({name for table in manifest_tables() for name in table.keys})


def commands(group: click.Group = docsmith, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return every command as the words that a person types behind ``docsmith``."""
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@cache
def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def source_of_tests(*folders: str) -> str:
    """Return the source of the tests in some folders, but for those of the documentation."""
    files = (file for folder in folders for file in (TESTS / folder).rglob("*.py"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("name", HOOKS)
def test_hook_has_a_contract_a_section_and_a_test(name: str) -> None:
    contract = getattr(hookspecs, name).__doc__ or ""
    assert all(part in contract for part in (":param", ":return:", "Without this hook"))
    arguments = ", ".join(inspect.signature(getattr(hookspecs, name)).parameters)
    assert f"### `{name}({arguments})`" in page("hooks.md")
    assert f"def test_hook_{name.removeprefix('docsmith_')}_" in source_of_tests("plugin")


def test_every_room_of_the_code_is_on_the_page_about_it() -> None:
    rooms = {file.parent for file in (DOCS.parent / "src/docsmith").glob("*/**/__init__.py")}
    assert {room.name for room in rooms if f"{room.name}/`" not in page("architecture.md")} == set()


def test_no_room_that_is_gone_is_on_the_page() -> None:
    tops = [
        DOCS.parent / name for name in ("docs", "examples", "fixtures", "plugins", "src", "tests", "tools")
    ]
    folders = {room.name for top in tops for room in [top, *top.rglob("*/")]} | {"templates"}
    named = {name.split("/")[-1] for name in re.findall(r"`([a-z_/]+)/`", page("architecture.md"))}
    assert named - folders == set()


@pytest.mark.parametrize("name", HOOKS)
def test_hook_is_used_by_a_bundled_plugin_or_an_example(name: str) -> None:
    plugins = [*(DOCS.parent / "plugins").rglob("*.py"), *(DOCS.parent / "examples").rglob("src/**/*.py")]
    assert any(f"def {name}(" in file.read_text(encoding="utf-8") for file in plugins)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command_has_a_section_and_a_test(words: tuple[str, ...]) -> None:
    assert f"## docsmith {' '.join(words)}\n" in page("commands.md")
    typed = r'["\']\s*,\s*["\']'.join(map(re.escape, words))
    is_typed = bool(re.search(rf'["\']{typed}["\']', source_of_tests("cli", "engine", "plugin")))
    assert is_typed, f"no test types {words}"


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_command_says_what_it_is_for(words: tuple[str, ...]) -> None:
    command: click.Command = docsmith
    for word in words:
        assert isinstance(command, click.Group)
        inner = command.get_command(click.Context(command), word)
        assert inner is not None
        command = inner
    assert command.help
    assert command.short_help
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


@pytest.mark.parametrize("name", KEYS)
def test_key_of_a_manifest_is_tested(name: str) -> None:
    tests = source_of_tests("plugin", "cli", "engine", "plugins")
    assert bool(re.search(rf"\b{name}\b\s*=|['\"]{name}['\"]", tests))


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_documented_with_its_exit_code_and_tested(name: str) -> None:
    kind = getattr(errors, name)
    assert f"### {name}\n\nExit code {kind.exit_code}. " in page("errors.md")
    assert bool(re.search(rf"\b{name}\b", source_of_tests(".")))


@pytest.mark.parametrize(
    "code", sorted({value for name, value in vars(errors).items() if name.startswith("EXIT_")})
)
def test_exit_code_is_documented(code: int) -> None:
    assert f"| `{code}` | " in page("errors.md")
