"""What a worker does: from the rows of some branches to the bytes of their documents. It writes nothing."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.batch.making import Bench, Making
from docsmith.engine.batch.orders import Delivery, Finished, Order, joined
from docsmith.engine.batch.shown_pictures import is_as_it_was
from docsmith.engine.loading import examples_for
from docsmith.engine.outcomes import stopped
from docsmith.engine.paths import Paths
from docsmith.engine.stamps import digest_of, stamp_of_type
from docsmith.errors import PluginError, SourceError, ValueUnreadError
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.sources.shares import Head, ShareReader
from docsmith.template import Template


class Assignment(NamedTuple):
    """All that a worker needs to know before its first order; it is the same for the whole run.

    ``plugins`` are the places to look for document types in, ``options`` what the workspace says of each;
    ``types`` digests each type as it is in the parent, and ``shared`` whatever else documents are made from
    beside the data of their branches.
    """

    head: Head
    reader: ShareReader
    plugins: Mapping[str, Any]
    options: Mapping[str, Mapping[str, Any]]
    types: Mapping[str, bytes]
    shared: bytes
    settings: RuleSettings
    survey: Survey
    pattern: str
    year: int

    def prepare(self) -> Bench:
        """Find the document types, and open their templates.

        Raises :class:`PluginError` where they are not those of the parent.
        """
        manager = Manager.discover(**self.plugins)
        manager.configure(self.options)
        types = [manager.find(name) for name in self.types]
        for one in types:
            if stamp_of_type(one) != self.types[one.id]:
                raise _not_the_same(one)
        manager.use(types)
        paths = Paths.of(self.pattern, manager.types.values(), manager.schema)
        templates = {one.id: Template.open(one.template, one.title) for one in types}
        examples = examples_for(self.head.dataset, manager.types.values(), manager.give_up)
        return Bench(manager, paths, templates, examples, self.settings, self.survey, self.year)

    def perform(self, bench: Bench, order: Order) -> Delivery:
        """Make the documents of an order, branch by branch; one that fails never stops the others."""
        try:
            portion = self.reader.read(order.ticket)
        except ValueUnreadError as error:
            alone = order.split()
            if len(alone) == 1:
                return Delivery(_stopped(order, error))
            return joined([self.perform(bench, one) for one in alone])
        except SourceError as error:
            return Delivery(_stopped(order, error), unread=error)
        digests = {branch: portion.digest(branch) for branch in portion.branches}
        inputs = {
            (name, branch): digest_of(
                self.shared, self.types[name], digest, order.folders[branch].encode()
            ).hex()
            for branch, digest in digests.items()
            for name in order.types
        }
        pictures = self.head.dataset.pictures
        same = {
            key
            for key, made_from in inputs.items()
            if is_as_it_was(order.known.get(key, ""), made_from, pictures)
        }
        fresh = {branch for name, branch in inputs.keys() - same}
        making = Making(bench, order, inputs, same)
        documents = making.documents(portion.branches, portion.dataset(fresh) if fresh else None)
        made = tuple(documents)
        failed = {one.branch for one in made if any(finding.place.sheet for finding in one.errors)}
        rows = portion.raw(failed) if failed else ()
        return Delivery(made, rows, digests=tuple(digests.items()) if order.wants_digests else ())


def _not_the_same(document_type: DocumentType) -> PluginError:
    return PluginError(
        _("The document type {id} is not the same on {host}.").format(
            id=document_type.id, host=platform.node() or "this machine"
        ),
        hint=_(
            "Let all machines have the same folder {folder}; and change no plugin while a batch runs."
        ).format(folder=document_type.folder),
    )


def _stopped(order: Order, error: SourceError) -> tuple[Finished, ...]:
    return tuple(
        Finished(type_id, name, findings=(stopped(error, name),))
        for name in order.ticket.branches
        for type_id in order.types
    )
