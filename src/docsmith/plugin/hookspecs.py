"""The hooks: where a plugin may take part. Each docstring is the whole contract of its hook.

A hook is a function in the Python file that ``plugin.toml`` names, marked with ``@hookimpl``. A plugin
without Python takes part in none of them, and its document type gets the default described at each. A hook
is about one branch: for documents of the whole unit (``per = "unit"``) none is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docsmith.model.dossier import Dossier
    from docsmith.model.findings import Finding
    from docsmith.model.verdicts import Verdict
    from docsmith.model.written import WrittenDocument
    from docsmith.plugin.document_type import DocumentType

PROJECT = "docsmith"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec(firstresult=True)
def docsmith_build_context(
    dossier: Dossier, document_type: DocumentType, verdicts: Mapping[str, Verdict]
) -> dict[str, Any] | None:
    """Return what the template needs beyond the branch's records.

    Called once for each document, before rendering. Only the plugin that owns the document type is called.

    :param dossier: all records of the branch for the year of the run; its ``record`` is the row that the
        document is made for, where there is one for each row of a sheet.
    :param document_type: the type being rendered, its options as the workspace set them.
    :param verdicts: what each rule says of the branch, by rule id (``R-08``); a rule that the workspace
        switched off is absent.
    :return: names to add to the default context (:mod:`docsmith.engine.context`), or to put in the place of
        its own. Values are plain: text, numbers, dates, truth values, and lists and dicts of them. ``None``
        inside prints as （待补充） and is listed; an empty text leaves a blank for a pen.

    Without this hook the template is rendered with the default context alone.
    """


@hookspec
def docsmith_check_dossier(dossier: Dossier, document_type: DocumentType) -> Iterable[Finding] | None:
    """Return what is wrong with a branch's data in the eyes of a document type.

    Called for each branch by ``docsmith check``, and for each document that is made. Every plugin that
    has the hook is called with its own document type; the findings of all are collected.

    :param dossier: all records of the branch for the year of the run.
    :param document_type: the calling plugin's own type, with its options.
    :return: findings, in the reader's language. They inform; none of them stops a document.

    Without this hook only the checks of the workbook and the rules apply.
    """


@hookspec
def docsmith_check_document(
    document: WrittenDocument, dossier: Dossier, document_type: DocumentType
) -> Iterable[Finding] | None:
    """Return what is wrong with a finished document, whatever template it was made from.

    Called once for each document, after it was made and before it is written. Only the plugin that owns the
    document type is called. A unit may change a template in Word: this hook sees what the paper will say.

    :param document: the paragraphs and tables of the document (:mod:`docsmith.model.written`), read from its
        bytes; nothing that is done to it changes the document.
    :param dossier: all records of the branch for the year of the run, and the ``record`` that the document
        was made for, as for ``docsmith_build_context``.
    :param document_type: the type that was rendered, its options as the workspace set them.
    :return: findings, in the reader's language. They inform; none of them stops the document.

    Without this hook a finished document is not read again.
    """
