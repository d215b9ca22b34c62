"""Sums of money: what is due, and how a register writes an amount."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

MONTHS = 3
"""Of a quarter."""
_FEN = Decimal("0.01")
_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")
# 《关于中国共产党党费收缴、使用和管理的规定》: the upper end of each band of monthly income after tax, in
# yuan, and its share of the whole income in percent.
_BANDS = {
    "在职": ((Decimal(3000), Decimal("0.5")), (Decimal(5000), Decimal(1)), (Decimal(10000), Decimal("1.5"))),
    "离退休": ((Decimal(5000), Decimal("0.5")),),
}
_ABOVE = {"在职": Decimal(2), "离退休": Decimal(1)}
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def amount(text: str) -> Decimal | None:
    """Return the yuan that a printed text says; ``None`` for what is no amount, such as a blank for a pen."""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def percent(basis: str, base: Decimal) -> Decimal | None:
    """Return the share of the income that is due, in percent; ``None`` where a fixed sum is."""
    if basis not in _BANDS:
        return None
    return next((share for most, share in _BANDS[basis] if base <= most), _ABOVE[basis])


def monthly(basis: str, base: Decimal) -> Decimal:
    """Return the yuan that are due every month."""
    share = percent(basis, base)
    due = base if share is None else base * share / 100
    return due.quantize(_FEN, ROUND_HALF_UP)


def written(yuan: Decimal) -> str:
    """Return an amount as a register writes it: two decimals."""
    return str(yuan.quantize(_FEN))


def in_capitals(yuan: Decimal) -> str:
    """Return an amount as cheques and registers write it, against forgery: 壹佰零贰元伍角整."""
    whole, fen = divmod(int(yuan.quantize(_FEN) * 100), 100)
    jiao, fen = divmod(fen, 10)
    text = f"{_integer(whole)}元" if whole or not (jiao or fen) else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif fen and whole:
        text += _DIGITS[0]
    return text + (f"{_DIGITS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    """Return a whole number in capitals; one 零 stands for any number of zeros between digits."""
    digits, text, zeros = str(number), "", False
    for position, digit in enumerate(digits):
        place = len(digits) - 1 - position
        if digit != "0":
            text += (_DIGITS[0] if zeros else "") + _DIGITS[int(digit)] + _PLACES[place % 4]
        zeros = digit == "0" and bool(text)
        if place % 4 == 0 and int(digits[max(0, position - 3) : position + 1]):
            text += _GROUPS[place // 4]
    return text or _DIGITS[0]
