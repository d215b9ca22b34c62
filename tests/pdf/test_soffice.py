"""Finding LibreOffice: the named one, the one on the PATH, and a clear word where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.errors import UsageError
from docsmith.pdf import soffice
from docsmith.pdf.soffice import find_soffice
from tests.pdf.samples import fake_soffice, needs_libreoffice


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("DOCSMITH_SOFFICE", raising=False)
    monkeypatch.setattr(soffice, "_usual_places", lambda: iter(()))


@needs_libreoffice
def test_the_libreoffice_of_this_machine_says_its_version() -> None:
    found = find_soffice()
    assert found.version.startswith("LibreOffice")
    assert found.program.is_absolute()


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("system", "install"),
    [("linux", "apt-get install"), ("darwin", "brew install"), ("win32", "winget install")],
)
def test_a_machine_without_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, system: str, install: str
) -> None:
    monkeypatch.setattr(soffice.sys, "platform", system)
    with pytest.raises(UsageError) as raised:
        find_soffice()
    assert "LibreOffice" in raised.value.message
    assert install in raised.value.hint
    assert "DOCSMITH_SOFFICE" in raised.value.hint


@pytest.mark.usefixtures("nowhere")
def test_the_named_program_is_used_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_soffice(tmp_path, "")
    monkeypatch.setenv("DOCSMITH_SOFFICE", str(fake.program))
    assert find_soffice() == fake


@pytest.mark.parametrize("name", ["no-such-program", "not-libreoffice"])
def test_a_named_program_that_is_none_is_refused_rather_than_another_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    program = tmp_path / "not-libreoffice"
    program.write_text("#!/bin/sh\necho hello\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("DOCSMITH_SOFFICE", str(tmp_path / name))
    with pytest.raises(UsageError, match=name):
        find_soffice()
