"""Where a scheduler is, and whether anything that could be one answers there.

Asked before dask is: its client tries the same address for 10 seconds whatever the reason, waits for ever for
a server that accepts and says nothing, and leaves threads behind when it fails.
"""

from __future__ import annotations

import contextlib
import socket
from typing import Any
from urllib.parse import urlsplit

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import UsageError

CONNECTING = 10  # seconds until a scheduler that does not answer is given up
_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}


def reachable(engine: str, security: Any) -> str:
    """Return dask's address for ``dask://HOST:PORT`` or ``dask+tls://HOST:PORT``, where somebody answers.

    ``security`` is a :class:`distributed.Security`. Raises :class:`UsageError` for anything else, for TLS
    without certificates, and where nobody answers.
    """
    host, port, scheme = _parts(engine)
    context = security.get_connection_args("client")["ssl_context"] if scheme == "tls" else None
    if scheme == "tls" and context is None:
        raise UsageError(
            _("{engine} needs certificates, and dask's configuration names none.").format(engine=engine),
            hint=_("Set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY."),
        )
    try:
        _knock(host, port, context)
    except OSError as error:
        raise silent(engine, reason_of(error)) from error
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def silent(engine: str, reason: str) -> UsageError:
    """Return the error for a scheduler with which nothing can be agreed."""
    return UsageError(
        _("The scheduler {engine} does not answer: {reason}.").format(engine=engine, reason=reason),
        hint=_("See that it runs, that this machine reaches it, and that both use TLS or neither does."),
    )


def _parts(engine: str) -> tuple[str, int, str]:
    with contextlib.suppress(ValueError):  # of a port that is no number, or brackets that are open
        parts = urlsplit(engine)
        if parts.scheme in _SCHEMES and parts.hostname and parts.port and not parts.path.strip("/"):
            return parts.hostname, parts.port, _SCHEMES[parts.scheme]
    raise UsageError(
        _("{engine} is no engine.").format(engine=engine),
        hint=_("Write the address of a scheduler, such as dask://192.168.1.10:8786"),
    )


def _knock(host: str, port: int, context: Any) -> None:
    """Wait for the first byte: a scheduler greets whoever connects. Raises :class:`OSError`."""
    with contextlib.ExitStack() as stack:
        link = stack.enter_context(socket.create_connection((host, port), CONNECTING))
        if context:
            link = stack.enter_context(context.wrap_socket(link))
        if not link.recv(1):
            raise ConnectionError(_("it hung up"))
