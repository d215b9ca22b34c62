"""The names that a template uses, nested: read from its syntax tree, and checked by rendering it."""

from __future__ import annotations

import marshal
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import ChainableUndefined, Environment, meta

from docsmith.template.compiling.tracking import fields_of
from docsmith.template.names import Field, Fields, from_plain, merged, to_plain

ENVIRONMENT = Environment(undefined=ChainableUndefined, autoescape=True)


def fields(source: str) -> dict[str, Field]:
    return fields_of(ENVIRONMENT.parse(source))


def shown(found: Fields) -> str:
    """Return fields as ``a(b c*(d))``: what is in a field stands in brackets, a star follows a list."""
    return " ".join(
        one.name + "*" * one.repeated + (f"({shown(one.fields)})" if one.fields else "")
        for one in found.values()
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 支部.书记 }}{{ 支部.书记 }}{{ 支部['名称'] }}", "支部(书记 名称)"),
        ("{% for r in rows %}{{ r.name }}{{ r['x'] }}{% endfor %}", "rows*(name x)"),
        ("{% for b in 支部.活动 %}{% for r in b.x %}{{ r.y }}{% endfor %}{% endfor %}", "支部(活动*(x*(y)))"),
        ("{% for r in rows if r.done %}{{ loop.index }}{{ loop.previtem.y }}{% endfor %}", "rows*(done y)"),
        ("{% for r in rows %}{{ r.a }}{% endfor %}{{ r.b }}", "rows*(a) r(b)"),
        ("{% for rows in rows %}{{ rows.a }}{% endfor %}", "rows*(a)"),
        ("{% for r in rows %}{% else %}{{ empty }}{{ r }}{% endfor %}", "rows* empty r"),
        ("{% for k, v in d.items() %}{{ k.no }}{{ v.z }}{% endfor %}", "d*(z)"),
        ("{% for v in d.values() %}{{ v.z }}{% endfor %}", "d*(z)"),
        ("{% for k, v in d|dictsort %}{{ v.z }}{% endfor %}", "d*(z)"),
        ("{{ d.get('a').b }}{{ d.get(key, e).f }}", "d*(a(b) f) key e(f)"),
        ("{% for i in range(n) %}{{ i.no }}{% endfor %}", "n"),
    ],
)  # fmt: skip
def test_members_and_loops(source: str, expected: str) -> None:
    assert shown(fields(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% set x = a.b %}{{ x.c }}", "a(b(c))"),
        ("{% set x, y = a, b %}{{ x.c }}{{ y.d }}", "a(c) b(d)"),
        ("{% with x = a.b, y = x %}{{ x.c }}{{ y.d }}{% endwith %}{{ x }}", "a(b(c)) x(d)"),
        ("{% set x %}{{ a.b }}{% endset %}{{ x.no }}", "a(b)"),
        ("{% set t = (a, {'k': b}) %}{{ t[0].y }}{{ t[1].k.z }}", "a(y) b(z)"),
        ("{% for x in [a, b] %}{{ x.u }}{% endfor %}", "a(u) b(u)"),
        ("{{ (a or b).c }}{{ (a.d if e else b).f }}", "a(c d(f)) b(c f) e"),
        ("{% for r in a.xs + b %}{{ r.y }}{% endfor %}", "a(xs*(y)) b*(y)"),
        ("{% if c %}{% set x = a %}{% else %}{% set x = b %}{% endif %}{{ x.y }}", "c a(y) b(y)"),
        ("{% if c %}{% set x = a %}{% elif d %}{% set x = b %}{% endif %}{{ x.y }}", "c a(y) d b(y) x(y)"),
        ("{% if c %}{% set x = a %}{% endif %}", "c a"),
        ("{% set x = 1 %}{% if c %}{% set x = 2 %}{% endif %}{{ x }}", "c"),
        ("{% set a = a.b %}{{ a.c }}", "a(b(c))"),
    ],
)  # fmt: skip
def test_other_names_for_data(source: str, expected: str) -> None:
    assert sorted(shown(fields(source)).split()) == sorted(expected.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% for r in x|sort(attribute='a,b.c')|selectattr('d') %}{{ r.e }}{% endfor %}", "x*(a b(c) d e)"),
        ("{{ rows|map(attribute='x.y')|join('、') }}", "rows*(x(y))"),
        ("{% for y in rows|map(attribute='x') %}{{ y.z }}{% endfor %}", "rows*(x(z))"),
        ("{{ (rows|first).a }}{{ (rows|max(attribute='n')).b }}", "rows*(a n b)"),
        ("{% for g in x|groupby('k') %}{{ g.grouper.n }}{{ (g.list|first).v }}{% endfor %}", "x*(k(n) v)"),
        ("{% for k, g in x|groupby(attribute='k') %}{{ k.n }}{{ (g|last).v }}{% endfor %}", "x*(k(n) v)"),
        ("{% for line in rows|batch(3) %}{% for r in line %}{{ r.v }}{% endfor %}{% endfor %}", "rows*(v)"),
        ("{{ (x|default(y)).z }}{{ (x|默认(w)).z }}", "x(z) y(z) w(z)"),
        ("{% for line in text|分段 %}{{ line }}{% endfor %}{{ names|顿号 }}", "text names*"),
        ("{{ day|日期 }}{{ day.strftime('%Y') }}{{ name.upper() }}{{ x.split(y) }}", "day name x y"),
        ("{% filter replace(a, b.c) %}{{ d }}{% endfilter %}", "a b(c) d"),
        ("{{ rows|length }}{{ x is defined }}{{ y.z in w }}", "rows x y(z) w"),
    ],
)  # fmt: skip
def test_filters_and_methods(source: str, expected: str) -> None:
    assert sorted(shown(fields(source)).split()) == sorted(expected.split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ name[0] }}{{ text[:3] }}{{ text[n:] }}", "name text n"),
        ("{{ rows[0].a }}{{ rows[-1].b }}{{ rows[i].c }}", "rows*(a b c) i"),
        ("{% for a, b in pairs %}{{ a.x }}{{ b.x }}{% endfor %}", "pairs*(x)"),
        ("{{ (a ~ b).c }}{{ (a * 2).d }}", "a b"),
        ("{{ unknown(a.b).c }}", "a(b) unknown"),
        ("{% for r in tree recursive %}{{ r.n }}{{ loop(r.children) }}{% endfor %}", "tree*(n children*)"),
    ],
)
def test_what_cannot_be_followed_makes_no_names_up(source: str, expected: str) -> None:
    assert shown(fields(source)) == expected


def test_what_a_macro_is_given_has_the_members_that_it_uses() -> None:
    macro = "{% macro m(p, q=c.d) %}{{ p.x }}{{ q.y }}{{ p }}{{ varargs }}{% endmacro %}"
    assert shown(fields(macro)) == "c(d(y))"
    found = fields(macro + "{% for r in rows %}{{ m(r) }}{{ m(r.s, q=t) }}{% endfor %}")
    assert shown(found) == "c(d(y)) rows*(x s(x)) t(y)"


def test_a_macro_that_is_called_with_a_block_is_followed() -> None:
    macro = "{% macro m(p) %}{{ p.x }}{{ caller(p) }}{% endmacro %}"
    assert shown(fields(macro + "{% call(q) m(a.b) %}{{ q.no }}{{ c }}{% endcall %}")) == "a(b(x)) c"


def test_parts_are_merged() -> None:
    body = fields("{{ a.b }}{% for r in rows %}{{ r.x }}{% endfor %}{{ title }}")
    header = fields("{{ a.c.d }}{{ rows.y }}")
    assert shown(merged(body, header)) == "a(b c(d)) rows*(x y) title"
    assert merged() == {}
    assert merged(body) == body


def test_fields_survive_as_plain_data() -> None:
    found = fields("{% for r in 支部.活动 %}{{ r.主题 }}{% endfor %}{{ a }}")
    assert from_plain(marshal.loads(marshal.dumps(to_plain(found)))) == found


def test_macros_that_call_each_other_and_doubling_sets_end_soon() -> None:
    first = "{% macro m0(a) %}{{ a.x }}{% endmacro %}"
    other = "{% macro mN(a) %}{{ mP(a.x) }}{{ mP(a.y) }}{{ mN(a) }}{% endmacro %}"
    macros = first + "".join(other.replace("N", str(n)).replace("P", str(n - 1)) for n in range(1, 40))
    doubling = "{% set a = a.x or a.y %}" * 300 + "{% set q = [q, [q]] %}" * 200
    start = time.process_time()
    found = fields(macros + "{{ m39(z) }}" + doubling + "{{ last }}")
    assert list(found) == ["z", "a", "q", "last"]
    assert time.process_time() - start < 5


class Recorder:
    """Data that has every member and every item, and notes which are asked for."""

    def __init__(self, path: tuple[str, ...], log: set[tuple[str, ...]]) -> None:
        self._path, self._log = path, log

    def __getattr__(self, name: str) -> Recorder:
        if name.startswith("__"):
            raise AttributeError(name)
        self._log.add((*self._path, name))
        return Recorder((*self._path, name), self._log)

    def __getitem__(self, key: object) -> Recorder:
        return getattr(self, key) if isinstance(key, str) else self

    def __iter__(self) -> Iterator[Recorder]:
        self._log.add(self._path)
        return iter([self, self])

    def items(self) -> list[tuple[str, Recorder]]:
        return [("key", self)]

    def get(self, key: str) -> Recorder:
        return self[key]

    def __add__(self, other: object) -> Recorder:
        return self

    def __lt__(self, other: object) -> bool:
        return False

    def __str__(self) -> str:
        self._log.add(self._path)
        return "text"


def asked_for(source: str) -> set[tuple[str, ...]]:
    """Return the paths of the data that a rendering looks at."""
    log: set[tuple[str, ...]] = set()

    class Data(dict[str, Any]):
        def __contains__(self, name: object) -> bool:
            return isinstance(name, str) and name in NAMES

        def __missing__(self, name: str) -> Recorder:
            return Recorder((name,), log)

    program = ENVIRONMENT.from_string(source)
    context = program.new_context(shared=True)
    context.parent = Data()
    try:
        "".join(program.root_render_func(context))
    except Exception:  # what was asked for before counts
        return log
    return log


NAMES = ("a", "b", "c", "d")
MEMBERS = ("p", "q")
_name = st.sampled_from(NAMES)


@cache
def _expressions(depth: int, calls: bool) -> st.SearchStrategy[str]:
    if depth == 0:
        return _name
    inner = _expressions(depth - 1, calls)
    forms = [
        _name,
        st.builds("({}).{}".format, inner, st.sampled_from(MEMBERS)),
        st.builds("({})['{}']".format, inner, st.sampled_from(MEMBERS)),
        st.builds("({})[{}]".format, inner, st.sampled_from(["0", "-1"])),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({})|{}".format, inner, st.sampled_from(["first", "list", "default(b)"])),
        st.builds("({})|sort(attribute='p')".format, inner),
        st.builds("({})|groupby('q')".format, inner),
        st.builds("(({})|batch(2)|first)".format, inner),
        st.builds("(({})|map(attribute='q.p')|list)".format, inner),
        st.builds("({}).{}".format, inner, st.sampled_from(["items()", "get('p')"])),
        st.builds("[{}, {}]".format, inner, inner),
    ]  # fmt: skip
    if calls:
        forms.append(st.builds("m({}, {})".format, inner, inner))
    return st.one_of(forms)


@cache
def _blocks(depth: int, calls: bool = True, target: st.SearchStrategy[str] = _name) -> st.SearchStrategy[str]:
    """Return templates; ``target`` gives the names that they set."""
    value = _expressions(2, calls)
    simple = st.builds("{{{{ {} }}}}".format, value)
    if depth == 0:
        return simple
    inner = st.lists(_blocks(depth - 1, calls, target), min_size=1, max_size=3).map("".join)
    silent = st.lists(_blocks(depth - 1, False, target), min_size=1, max_size=2).map("".join)
    forms = (
        ("{{% for {} in {} %}}{}{{% endfor %}}", target, value, inner),
        ("{{% for {} in {} if {} %}}{}{{% else %}}{}{{% endfor %}}", target, value, value, inner, inner),
        ("{{% for x, {} in {} %}}{}{{% endfor %}}", target, value, inner),
        ("{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}", value, inner, value, inner, inner),
        ("{{% if {} %}}{}{{% endif %}}", value, inner),
        ("{{% set {} = {} %}}", target, value),
        ("{{% set {} %}}{}{{% endset %}}", target, inner),
        ("{{% with {} = {} %}}{}{{% endwith %}}", target, value, inner),
        ("{{% macro m({}, z={}) %}}{}{{{{ z.p }}}}{{% endmacro %}}", target, value, silent),
        ("{{% filter upper %}}{}{{% endfilter %}}", inner),
    )
    return st.one_of(simple, *(st.builds(form.format, *parts) for form, *parts in forms))  # type: ignore[attr-defined]


def _templates(target: st.SearchStrategy[str] = _name) -> st.SearchStrategy[str]:
    return st.lists(_blocks(2, True, target), min_size=1, max_size=5).map("".join)


def _has(found: Fields, path: tuple[str, ...]) -> bool:
    for name in path:
        if name not in found:
            return False
        found = found[name].fields
    return True


@settings(deadline=None, max_examples=150)
@given(_templates())
def test_whatever_a_rendering_asks_for_is_among_the_fields(source: str) -> None:
    found = fields(source)
    assert [path for path in asked_for(source) if not _has(found, path)] == []


@settings(deadline=None, max_examples=150)
@given(_templates(target=st.sampled_from(["own", "mine"])))
def test_the_names_are_those_that_jinja_finds_undeclared(source: str) -> None:
    """The names that a template sets are not those of the data here: see the test of branches for those."""
    own = {"own", "mine", "m", "x"}
    expected = meta.find_undeclared_variables(ENVIRONMENT.parse(source))
    assert set(fields(source)) - own == expected - own
