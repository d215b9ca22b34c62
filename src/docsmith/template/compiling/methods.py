"""What filters and methods make of the places that a value comes from (:mod:`.origins`).

A filter that is not named here keeps what it gets: nobody asks for members of a formatted date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jinja2 import nodes

from docsmith.template.compiling.origins import Made, Value, each, either, listed, many, member

# Which argument names a member of the items, if it is not called ``attribute``.
_BY_NAME_ONLY = 99
_ATTRIBUTE_AT: Mapping[str, int] = {
    "groupby": 0, "join": 1, "map": _BY_NAME_ONLY, "max": 1, "min": 1, "rejectattr": 0, "selectattr": 0,
    "sort": 2, "sum": 0, "unique": 1,
}  # fmt: skip


def filtered(node: nodes.Filter, value: Value, arguments: Sequence[Value]) -> Value:
    """Return what a filter makes of a value, and note the members of its items that it looks at."""
    attributes = [_follow(each(value), path) for path in _attributes(node)]
    if node.name in ("default", "d", "默认"):
        return either(value, *arguments[:1])
    shape = _SHAPES.get(node.name)
    return shape(value, attributes) if shape else value


def called(node: nodes.Call, value: Value, arguments: Sequence[Value]) -> Value:
    """Return what a method makes of the value that it belongs to; it is no member of that."""
    assert isinstance(node.node, nodes.Getattr)  # noqa: S101  # a method is called with a dot
    match node.node.attr, node.args:
        case "items", _:
            return _pairs(value)
        case "values", _:
            return many(each(value))
        case "get", [nodes.Const(value=str() as key), *_]:
            return either(member(value, key), *arguments[1:2])
        case "get", _:
            return either(each(value), *arguments[1:2])
    return ()


def _attributes(node: nodes.Filter) -> list[str]:
    """Return the paths of members that a filter names."""
    position = _ATTRIBUTE_AT.get(node.name)
    if position is None:
        return []
    named = [*node.args[position : position + 1], *(o.value for o in node.kwargs if o.key == "attribute")]
    texts = [one.value for one in named if isinstance(one, nodes.Const) and isinstance(one.value, str)]
    return [path for text in texts for path in text.split(",")]


def _follow(value: Value, path: str) -> Value:
    for step in path.split("."):
        value = member(value, int(step) if step.isdecimal() else step)
    return value


def _pairs(value: Value, _attributes: Sequence[Value] = ()) -> Value:
    return many(listed((), each(value)))


def _groups(value: Value, attributes: Sequence[Value]) -> Value:
    each(value)
    key = either(*attributes)
    return many((Made({0: key, "grouper": key, 1: value, "list": value}, either(key, value)),))


def _lists(value: Value, _attributes: Sequence[Value]) -> Value:
    each(value)
    return many(value)


def _same_items(value: Value, _attributes: Sequence[Value]) -> Value:
    each(value)
    return value


def _mapped(value: Value, attributes: Sequence[Value]) -> Value:
    each(value)
    return many(either(*attributes))


def _one_item(value: Value, _attributes: Sequence[Value]) -> Value:
    return member(value, -1)


def _joined(value: Value, _attributes: Sequence[Value]) -> Value:
    each(value)
    return ()


def _text(_value: Value, _attributes: Sequence[Value]) -> Value:
    return ()


_SHAPES: Mapping[str, Callable[[Value, Sequence[Value]], Value]] = {
    **dict.fromkeys(
        ("at_least", "list", "reject", "rejectattr", "select", "selectattr", "sort", "unique", "至少"),
        _same_items,
    ),
    **dict.fromkeys(("first", "last", "max", "min"), _one_item),
    **dict.fromkeys(("join", "join_names", "顿号", "sum"), _joined),
    **dict.fromkeys(("batch", "slice", "side_by_side", "分栏"), _lists),
    **dict.fromkeys(("dictsort", "items"), _pairs),
    **dict.fromkeys(("paragraphs", "分段"), _text),
    "groupby": _groups,
    "map": _mapped,
}
