"""Is the port free, and if not, who is there. Asked before anything is installed: an answer in a millisecond."""

from __future__ import annotations

import errno
import socket

from start.words import Trouble

LOWEST, HIGHEST = 1, 65535


def refuse_used_port(host: str, port: int) -> None:
    """Raise Trouble ``port_ours``, ``port_used`` or ``port_forbidden`` unless ``host:port`` can be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(_code(error, host, port), host=host, port=port, other=_other(port)) from error


def _code(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return "port_ours" if answers_as_otklik(host, port) else "port_used"
    return "port_forbidden"


def _other(port: int) -> int:
    """A port to propose: the next one, kept within what an ordinary user may open."""
    return port + 1 if 1024 <= port < HIGHEST else 8001


def answers_as_otklik(host: str, port: int, seconds: float = 2) -> bool:
    """Whether GET /healthz answers 200 ``ok`` there."""
    import http.client  # only here: it costs the quick second start 30 ms

    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status == http.client.OK and answer.read(16).strip() == b"ok"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
