"""The dropdowns of the fill-in workbook.

Each names a range. A list written into the rule itself may have no more than 255 characters, and a rule that
points straight at another sheet is stored as an extension (x14) that older programs pass over. The choices
stand on a hidden sheet 选项.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from docsmith.model.columns import Column, Sheet
from docsmith.model.schema import CHOICES_SHEET
from docsmith.sources import xlsx_writer

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# How many branches a dropdown offers; more can be typed.
OFFERED_BRANCHES = 1000
_LAST_ROW = 1_048_576
_BRANCH_NAMES = "branch_names"


def add_choices(workbook: Workbook, sheets: Sequence[Sheet]) -> None:
    """Add the hidden sheet whose columns are the lists of the dropdowns, and name each list."""
    hidden = workbook.create_sheet(CHOICES_SHEET)
    hidden.sheet_state = "hidden"
    listed = [(sheet, column) for sheet in sheets for column in sheet.columns if column.choices]
    lists = [(f"{sheet.title}：{column.title}", *column.choices) for sheet, column in listed]
    for texts in zip_longest(*lists):
        hidden.append([_cell(hidden, text) for text in texts])
    for position, (sheet, column) in enumerate(listed, start=1):
        letter = get_column_letter(position)
        _define(
            workbook,
            _name_of(sheet, column),
            CHOICES_SHEET,
            f"${letter}$2:${letter}${len(column.choices) + 1}",
        )


def _cell(page: Worksheet, text: str | None) -> Cell | None:
    if text is None:
        return None
    cell: Cell = WriteOnlyCell(page)
    xlsx_writer.put_text(cell, text)
    return cell


def name_branches(workbook: Workbook, sheets: Sequence[Sheet]) -> None:
    """Name the cells where the branches' names will be, for the dropdown of every other sheet."""
    for sheet in sheets:
        if sheet.name == "branches":
            position = [column.name for column in sheet.columns].index("name") + 1
            name_branch_cells(workbook, sheet.title, position)


def name_branch_cells(workbook: Workbook, sheet_title: str, position: int) -> None:
    """Name the cells with the branches' names: those below the header of the column at that position."""
    letter = get_column_letter(position)
    _define(workbook, _BRANCH_NAMES, sheet_title, f"${letter}$2:${letter}${OFFERED_BRANCHES + 1}")


def offer_choices(workbook: Workbook, page: Worksheet, position: int, sheet: Sheet, column: Column) -> None:
    """Add the dropdown of the column at that position, from 1, if it has one.

    Another value is only warned of: readers know more spellings than the list has.
    """
    if column.choices:
        offered = DataValidation("list", f"={_name_of(sheet, column)}", allow_blank=True)
        offered.errorStyle, offered.errorTitle = "warning", "不在选项中"
        offered.error = "建议从下拉选项中选取。仍要填写请选“是”。"
        offered.showErrorMessage = True
    elif column.name == "branch" and _BRANCH_NAMES in workbook.defined_names:
        offered = DataValidation("list", f"={_BRANCH_NAMES}", allow_blank=True, showErrorMessage=False)
    else:
        return
    letter = get_column_letter(position)
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")
    page.data_validations.append(offered)


def _name_of(sheet: Sheet, column: Column) -> str:
    return f"choices_{sheet.name}_{column.name}"


def _define(workbook: Workbook, name: str, sheet_title: str, area: str) -> None:
    workbook.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet_title)}!{area}")
