"""The layers: a module imports lower ones only, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "docsmith"
PLUGINS = ROOT / "plugins"
EXAMPLES = ROOT / "examples"

# From low to high; modules in one place may import each other.
ORDER = (
    ("errors",),
    ("_i18n",),
    ("_garbage", "_resources", "_files", "_urls", "_version", "_zips"),
    ("model",),
    ("plugin",),
    ("sources",),
    ("rules",),
    ("template",),
    ("forms",),
    ("official",),
    ("pdf",),
    ("engine",),
    ("cli",),
    ("testing",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
ALLOWED_IN = {
    "click": {"cli"},
    "dask": {"engine"},
    "distributed": {"engine"},
    "pluggy": {"plugin"},
    "docx": {"template", "forms", "official"},
    "docxtpl": {"template", "forms", "official"},
    "isal": {"template"},
    "jinja2": {"template", "forms", "official"},
    "lxml": {"template", "forms", "official"},
    "openpyxl": {"sources", "engine"},
    "pypdfium2": {"pdf"},
    "pytest": {"testing"},
    "rich": {"cli"},
    "sqlalchemy": {"sources"},
}
FOR_PLUGINS = ("docsmith.plugin", "docsmith.model", "docsmith.errors", "docsmith.testing")


def imports(file: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [file for file in sorted(PACKAGE.rglob("*.py")) if layer_of(file) != "__init__"]


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_lower_layers_only(file: Path) -> None:
    own = layer_of(file)
    assert own in RANK, f"{own} is in no layer: write it into ORDER"
    for name in imports(file):
        parts = name.split(".")
        if parts[0] == "docsmith" and len(parts) > 1:
            assert RANK[parts[1]] <= RANK[own], f"{own} imports {name}, which lies above it"


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_library_is_used_only_in_its_layers(file: Path) -> None:
    for name in imports(file):
        library = name.split(".")[0]
        allowed = ALLOWED_IN.get(library)
        assert allowed is None or layer_of(file) in allowed, f"{library} belongs in {allowed}"


@pytest.mark.parametrize(
    "file",
    sorted([*PLUGINS.rglob("*.py"), *EXAMPLES.glob("*/src/**/*.py")]),
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_a_plugin_imports_what_plugin_authors_are_given_and_nothing_else(file: Path) -> None:
    for name in imports(file):
        if name.split(".")[0] == "docsmith":
            assert name.startswith(FOR_PLUGINS), f"{name} is not for plugins"
        assert name.split(".")[0] not in ALLOWED_IN, f"{name} is not for plugins"


def test_the_walk_sees_imports_inside_functions(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text("def f():\n    from docsmith.cli import main\n    import lxml.etree\n", encoding="utf-8")
    assert list(imports(file)) == ["docsmith.cli.main", "lxml.etree"]
