"""Documents into PDFs: many in one call of LibreOffice, each PDF checked, each failure found and named."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.pdf.pages import page_count
from docsmith.pdf.process import run_guarded
from docsmith.pdf.profile import make_profile
from docsmith.pdf.scratch import Scratch
from docsmith.pdf.settling import settled
from docsmith.pdf.soffice import Soffice, environment
from docsmith.pdf.unjustified import unjustified
from docsmith.template.package.reading import read_package

# Whatever its name says, a file is read as this or not at all: text or a web page would "convert" too, and
# the pictures of the web page would be fetched.
_WORD = "MS Word 2007 XML"
# After so many calls in a row that hung, LibreOffice is broken, and not one document after another.
_HOPELESS = 5


class PdfProblem(NamedTuple):
    """Why there is no PDF of a document, in a sentence."""

    reason: str


class Limits(NamedTuple):
    """What a call of LibreOffice may take: seconds, and bytes of address space.

    It may take ``start`` and ``each`` for every document; with a single document, ``alone``. An ordinary
    document takes 0.1 s, and 1 s on a slow machine; one of 14,400 cells 46 s.
    """

    start: float = 30.0
    each: float = 5.0
    alone: float = 60.0
    memory: int = 2 << 30

    def seconds(self, documents: int) -> float:
        """Return how long a call with that many documents may take."""
        return self.alone if documents == 1 else self.start + self.each * documents


class Converter:
    """A LibreOffice with a profile of its own, so that several can work side by side; one call at a time."""

    def __init__(self, soffice: Soffice, limits: Limits | None = None, within: Path | None = None) -> None:
        """Make the profile in a temporary folder, ``within`` another one where it is named."""
        self.version = soffice.version
        self._program = soffice.program
        self._limits = limits or Limits()
        # Deleted also where a worker ends that nobody tells.
        self._scratch = Scratch(within)
        self._folder = self._scratch.path
        make_profile(self._folder / "profile")
        self._turn = threading.Lock()
        self._hung = 0  # calls in a row that ended with nothing but their time

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete the profile."""
        self._scratch.close()

    def convert(self, documents: Sequence[bytes]) -> list[bytes | PdfProblem]:
        """Return the PDF of each document, in their order, or why there is none.

        LibreOffice says that all went well when nothing did, and dies of one document for all; so what it
        did not make it is asked for again, alone, before it is a problem. Raises :class:`OSError` where no
        file can be written for it, or no program started.
        """
        with self._turn:
            shown = dict(enumerate(map(_shown, documents)))
            refused = {number: one for number, one in shown.items() if isinstance(one, PdfProblem)}
            good = {number: one for number, one in shown.items() if not isinstance(one, PdfProblem)}
            results: dict[int, bytes | PdfProblem] = {**refused, **self._together(good)}
            return [results[number] if number in results else self._alone(good[number]) for number in shown]

    def _together(self, documents: Mapping[int, bytes]) -> dict[int, bytes]:
        """Return the PDFs that calls with many documents make; what is missing is to be tried alone."""
        made: dict[int, bytes] = {}
        todo = dict(documents)
        for _attempt in range(2):
            if len(todo) < 2:
                break
            last = max(todo)
            made.update(self._call(todo).made)
            if last in made:
                break
            # It works through them in order, and stopped before the end: at the first that is missing.
            missing = [number for number in todo if number not in made]
            todo = {number: todo[number] for number in missing[1:]}
        return made

    def _alone(self, document: bytes) -> bytes | PdfProblem:
        if self._hung >= _HOPELESS:
            return PdfProblem(_("LibreOffice does not answer: {version}.").format(version=self.version))
        call = self._call({0: document})
        if call.made:
            return call.made[0]
        if call.cut_short:
            return PdfProblem(
                _("LibreOffice was not done with it after {seconds:.0f} seconds.").format(
                    seconds=self._limits.alone
                )
            )
        return PdfProblem(_("LibreOffice cannot read it, or needs too much memory for it."))

    def _call(self, documents: Mapping[int, bytes]) -> _Call:
        """Run LibreOffice once; its files have plain names, in a folder that nothing was in before."""
        folder = Path(tempfile.mkdtemp(prefix="call-", dir=self._folder))
        try:
            sources = {number: folder / f"{number:06}.docx" for number in documents}
            for number, source in sources.items():
                source.write_bytes(documents[number])
            ended = run_guarded(
                self._command(folder, sources.values()),
                folder=folder,
                seconds=self._limits.seconds(len(documents)),
                memory=self._limits.memory,
                environment=environment(),
            )
            pdfs = {number: _checked(source.with_suffix(".pdf")) for number, source in sources.items()}
            call = _Call({number: pdf for number, pdf in pdfs.items() if pdf}, cut_short=not ended)
            self._hung = self._hung + 1 if call.cut_short and not call.made else 0
            return call
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _command(self, folder: Path, sources: Iterable[Path]) -> list[str]:
        options = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
        return [
            str(self._program),
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            *options,
            f"--infilter={_WORD}",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            *map(str, sources),
        ]


class _Call(NamedTuple):
    """What came out of one run of LibreOffice: good PDFs by number, and whether it had to be ended."""

    made: dict[int, bytes]
    cut_short: bool


def _shown(document: bytes) -> bytes | PdfProblem:
    """Return what LibreOffice is shown of a document, or why nothing: it is no .docx, or made to harm."""
    try:
        parts = read_package(document, _("the document"))
    except TemplateError as error:
        return PdfProblem(error.message)
    if "[Content_Types].xml" not in parts:
        return PdfProblem(_("It is no Word document."))
    return unjustified(document, parts)


def _checked(file: Path) -> bytes:
    """Return a PDF that is whole; nothing where there is none."""
    with contextlib.suppress(OSError):
        pdf = file.read_bytes()
        if page_count(pdf):
            return settled(pdf)
    return b""
