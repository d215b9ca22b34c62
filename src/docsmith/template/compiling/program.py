"""From a Jinja tree to Python code that writes bytes.

Jinja's own code generator does the work, but for two things: outputs, whose constants become literals of
bytes and whose values go through slots, and members, which are looked up in the context's plain values
without Jinja's search for attributes (52 instead of 67 µs for a form of 90 values).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from docsmith.template.compiled import Program, Slot
from docsmith.template.compiling.pieces import Piece
from docsmith.template.language.environment import TemplateEnvironment
from docsmith.template.language.operations import LOOP_PARTS
from docsmith.template.language.runtime import HEADER, NO_ELSE

MOST_AT_A_TIME = 128
"""Pieces that a program writes in one step, before the limits are looked at."""

_ONLY_WITH_JINJA = (
    nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Block, nodes.NSRef,
)  # fmt: skip


def program_of(
    tree: nodes.Template,
    woven: Mapping[nodes.Output, list[Piece]],
    environment: TemplateEnvironment,
) -> Program:
    """Return the program that writes those pieces in the places of the tree's outputs."""
    numbers: dict[Slot, int] = {}
    for pieces in woven.values():
        for piece in pieces:
            if not isinstance(piece, str):
                numbers.setdefault(piece[0], len(numbers))
    with_jinja = needs_jinja(tree)
    generator = _Generator(environment, woven, numbers, is_text=with_jinja)
    generator.visit(tree)
    source: str = generator.stream.getvalue()  # type: ignore[attr-defined]
    imports_of_jinja, rest = source.split("\n", 1)
    head = f"{imports_of_jinja}{NO_ELSE}" if with_jinja else HEADER
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of what fails when it is rendered, at its place
        code = compile(f"{head}\n{rest}", "<template>", "exec")
    lines = tuple((of_code, of_source) for of_source, of_code in generator.debug_info)
    return Program(code, tuple(numbers), lines, with_jinja)


def needs_jinja(tree: nodes.Template) -> bool:
    """Return whether a program needs all of Jinja: for macros, stored blocks and recursive loops."""
    loops, names = tree.find_all(nodes.For), tree.find_all(nodes.Name)
    return (
        any(True for _node in tree.find_all(_ONLY_WITH_JINJA))
        or any(loop.recursive for loop in loops)
        or any(name.name == "self" for name in names)
    )


class _Generator(CodeGenerator):
    def __init__(
        self,
        environment: TemplateEnvironment,
        woven: Mapping[nodes.Output, list[Piece]],
        numbers: Mapping[Slot, int],
        *,
        is_text: bool,
    ) -> None:
        # Jinja's search for constants takes cubic time on nested filters; there is next to nothing to find.
        super().__init__(environment, None, None, optimized=False)
        self._woven = woven
        self._numbers = numbers
        self._is_text = is_text

    def write_commons(self) -> None:
        """Begin a function: make its slots local names."""
        super().write_commons()
        if self._numbers:
            names = "".join(f"slot{number}, " for number in self._numbers.values())
            self.writeline(f"{names}= context.slots")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write constants as they are, and values through their slots: some hundred at a time."""
        pieces = self._woven[node]
        for start in range(0, len(pieces), MOST_AT_A_TIME):
            if frame.buffer is None:
                self.writeline("yield (")
            else:
                self.writeline(f"{frame.buffer}.extend((")
            self.indent()
            for piece in pieces[start : start + MOST_AT_A_TIME]:
                self._piece(piece, frame)
            self.outdent()
            self.writeline(")" if frame.buffer is None else "))")

    def _piece(self, piece: Piece, frame: Frame) -> None:
        if isinstance(piece, str):
            self.writeline(f"{piece if self._is_text else piece.encode()!r},")
            return
        slot, expression = piece
        self.writeline(f"slot{self._numbers[slot]}(", expression)
        if expression is None:
            self.write("None")
        else:
            self.visit(expression, frame)
        self.write("),")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Look a member up: ``支部.书记``."""
        if isinstance(node.node, nodes.Name):
            # The rows of a table are dicts; to look there first saves a call for nearly every value.
            ref, key = frame.symbols.ref(node.node.name), node.attr
            self.write(f"({ref}[{key!r}] if type({ref}) is dict and {key!r} in {ref} else ")
            if node.node.name == "loop" and key in LOOP_PARTS:  # asked in each pass, too
                self.write(f"{ref}.{key} if type({ref}) is LoopContext else ")
            self._member(node.node, node.attr, frame)
            self.write(")")
        else:
            self._member(node.node, node.attr, frame)

    def _member(self, owner: nodes.Expr, name: str, frame: Frame) -> None:
        self.write("member(")
        self.visit(owner, frame)
        self.write(f", {name!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Look a member up: ``支部["书记"]``; slices are Jinja's."""
        if isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("member(")
        self.visit(node.node, frame)
        self.write(", ")
        self.visit(node.arg, frame)
        self.write(")")
