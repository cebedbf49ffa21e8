"""Logs: structlog for us and for the libraries alike, as text for people or JSON for machines, to standard error."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from otklik.project.env import Environment

SECRETS = frozenset({"password", "token", "secret", "authorization", "cookie", "set-cookie", "csrfmiddlewaretoken"})


def configure(environment: Environment) -> None:
    """Set structlog and the standard library's logging up; the last call wins."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(environment.log_format),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [other for other in root.handlers if not _is_ours(other)] + [handler]
    root.setLevel(environment.log_level)
    logging.getLogger("axes").setLevel(logging.WARNING)


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A secret that somebody logs by name does not reach the log."""
    return {key: "***" if key.lower() in SECRETS else value for key, value in event.items()}


def _renderers(log_format: str) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # A plain traceback: the rich one prints local variables, and citizens' words and secrets with them.
    return [
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
    ]


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
