"""YAML as text: the events of a safe parser put together, every scalar as it was typed."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError

MAX_DEPTH = 8
# The core schema's words for nothing and for truth (YAML 1.2.2, 10.3.2); all else stays text.
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def parse_yaml(text: str, name: str) -> Any:
    """Return the content of a YAML text; raises :class:`SourceError` with the line for what is refused.

    Aliases (a small file can stand for billions of values), tags and keys that are no text are refused.
    """
    builder = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise refused(name, mark.line + 1 if mark else 0, _("it is not valid YAML")) from None
    return builder.content


def refused(name: str, line: int, reason: str) -> SourceError:
    """Return the error for a text that cannot be trusted to mean what it seems to."""
    return SourceError(
        _("{file}, line {line}: {reason}.").format(file=name, line=line, reason=reason),
        hint=_("Mend that line, or use the output of docsmith convert as an example."),
    )


class _Builder:
    """Puts events together; ``stack`` holds the open lists and mappings, ``keys`` their keys in waiting."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.content: Any = None
        self.stack: list[dict[str, Any] | list[Any]] = []
        self.keys: list[str | None] = []
        self.documents = 0

    def take(self, event: Event) -> None:
        """Take the next event; raises :class:`SourceError` for an alias, a tag, a duplicate key."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise refused(self.name, line, _("aliases (* and &) are not read"))
        if isinstance(event, ScalarEvent):
            plain = event.implicit[0]
            self._tagless(event.tag, line)
            self._put(_WORDS.get(event.value, event.value) if plain else event.value, line)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._tagless(event.tag, line)
            self._open({} if isinstance(event, MappingStartEvent) else [], line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()
            self.keys.pop()

    def _tagless(self, tag: object, line: int) -> None:
        if tag not in (None, "", "!"):
            raise refused(self.name, line, _("tags (!) are not read"))

    def _open(self, container: dict[str, Any] | list[Any], line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise refused(self.name, line, _("it is nested too deeply"))
        self._put(container, line)
        self.stack.append(container)
        self.keys.append(None)

    def _put(self, value: Any, line: int) -> None:
        if not self.stack:
            self.documents += 1
            if self.documents > 1:
                raise refused(self.name, line, _("a second document (---) begins here"))
            self.content = value
            return
        inner = self.stack[-1]
        if isinstance(inner, list):
            inner.append(value)
        elif self.keys[-1] is None:
            self._put_key(inner, value, line)
        else:
            inner[self.keys[-1]] = value
            self.keys[-1] = None

    def _put_key(self, inner: dict[str, Any], key: Any, line: int) -> None:
        if not isinstance(key, str):
            raise refused(self.name, line, _("a key must be a text"))
        if key in inner:
            raise refused(self.name, line, _("the key {key} stands here twice").format(key=key))
        self.keys[-1] = key
