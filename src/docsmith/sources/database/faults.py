"""What a database refuses, in the reader's words, and without a password in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError, ValueUnreadError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from docsmith.sources.database.address import Address

# A password so short cannot be told from the words around it: then the driver's words are left out.
_TELLING = 4
_LONGEST = 200
# By PostgreSQL's SQLSTATE, by MySQL's number, and by the words where a driver gives no number (psycopg does
# not, while it connects; the server's words may be in another language, and are then shown as they are).
_LOGIN = (("28P01", "28000", "1045", "1044"), ("password authentication failed", "no password supplied"))
_ABSENT = (("3D000", "1049"), ("does not exist", "unknown database"))
_LOCKED = (("55P03", "1205"), ("database is locked",))
_FORBIDDEN = (("42501", "1142", "1143"), ("permission denied for",))
_NO_DATABASE_FILE = "file is not a database"
# What SQLite says of text in another encoding; PostgreSQL's states of bad values, and of what views raise.
_NOT_UTF_8 = "Could not decode to UTF-8"
_OF_VALUES = ("22", "P0")


@contextmanager
def speaking_of(address: Address, table: str = "") -> Iterator[None]:
    """Turn whatever SQLAlchemy or a driver raises into a :class:`SourceError`; ``table`` is what was read."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        of_a_value = table and _fails_at_value(error)
        raise (_unread(address, table) if of_a_value else _refused(error, address, table)) from None
    except SQLAlchemyError as error:
        raise _broken(address, table, type(error).__name__) from None
    except (ValueError, ArithmeticError):  # by what makes values Python's: its words may quote them
        if not table:
            raise
        raise _unread(address, table) from None


def fails_at_hand_over(error: DBAPIError) -> bool:
    """Tell whether the driver fails at a value that the server has sent: then the transaction goes on."""
    return not _number_of(error) and _fails_at_value(error)


def _fails_at_value(error: DBAPIError) -> bool:
    """Tell whether a driver or a server fails at a value that a row holds: its words may quote it."""
    # PEP 249 gives the class its name; SQLAlchemy's is not there where rows are taken from the driver itself.
    kinds = {kind.__name__ for kind in type(error.orig).__mro__}
    of_value = "DataError" in kinds or _number_of(error).startswith(_OF_VALUES)
    return of_value or str(error.orig).startswith(_NOT_UTF_8)


def _refused(error: DBAPIError, address: Address, table: str) -> SourceError:
    number = _number_of(error)
    words = str(error.orig)

    def says(kind: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
        return number in kind[0] or (not number and any(part in words.lower() for part in kind[1]))

    if says(_LOGIN):
        return SourceError(
            _("The database {name} does not accept the user or the password.").format(name=address.name),
            hint=_(
                "They stand in the URL before the host: user:password@host; write %40 for @ in a password."
            ),
        )
    if _NO_DATABASE_FILE in words:
        return SourceError(
            _("{name} is not a SQLite database.").format(name=address.name),
            hint=_("Name the file that the database is kept in; workbooks are named by their path alone."),
        )
    if says(_ABSENT) and not table:
        return SourceError(
            _("There is no database {name}.").format(name=address.name),
            hint=_("The name of the database is the last part of the URL, behind the host."),
        )
    if says(_LOCKED):
        return SourceError(
            _("The database {name} is being written by somebody else.").format(name=address.name),
            hint=_("Wait until that has ended, then run the command again."),
        )
    if says(_FORBIDDEN):
        return SourceError(
            _("The user of the database {name} may not read {table}.").format(name=address.name, table=table),
            hint=_("Have its keeper grant the right to select from all tables that are needed."),
        )
    return _broken(address, table, _plain(words, address))


def _broken(address: Address, table: str, reason: str) -> SourceError:
    """Return the error for a connection that cannot be made, or that ends while rows are read."""
    if table:
        return SourceError(
            _("The table {table} of {name} could not be read to its end: {reason}").format(
                table=table, name=address.name, reason=reason
            ),
            hint=_("See whether the database still runs and can be reached, then run the command again."),
        )
    return SourceError(
        _("The database {name} cannot be reached: {reason}").format(name=address.name, reason=reason),
        hint=_("See whether it runs, and whether host, port and name in the URL are right."),
    )


def _unread(address: Address, table: str) -> ValueUnreadError:
    return ValueUnreadError(
        _("The table {table} of {name} holds a value that cannot be read.").format(
            table=table, name=address.name
        ),
        hint=_("Look for a date that is in no calendar, or for text in another encoding than UTF-8."),
    )


def _number_of(error: DBAPIError) -> str:
    """Return PostgreSQL's SQLSTATE or MySQL's number of an error, or an empty text."""
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    first = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return str(state or (first if isinstance(first, int) else ""))


def _plain(words: str, address: Address) -> str:
    """Return a driver's words on one line, without anything secret."""
    text = " ".join(words.split())
    secrets = address.secrets
    if any(len(secret) < _TELLING and secret in text for secret in secrets):
        return "…"
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
