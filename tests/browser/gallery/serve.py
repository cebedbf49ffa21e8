"""Settings of the gallery and its server: a process of its own, apart from the project's settings and database."""

import socketserver
from collections.abc import Callable
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""The same as the project's: a screen that breaks it must break here. A test compares the two."""


def content_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the policy on every answer."""
    header = "; ".join(f"{name} {' '.join(sources)}" for name, sources in POLICY.items())

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = header
        return response

    return handle


def configure() -> None:
    """Settings of this process."""
    settings.configure(
        DEBUG=False,
        SECRET_KEY="gallery",  # guards nothing: there is no session and no data
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.browser.gallery.urls",
        INSTALLED_APPS=["django.contrib.staticfiles", "otklik.web"],
        MIDDLEWARE=["tests.browser.gallery.serve.content_policy"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        LANGUAGE_CODE="ru",
        USE_I18N=True,
        USE_TZ=True,
        STATIC_URL="/static/",
        DOCUMENTS=Path(__file__).parents[3] / "docs",
    )
    django.setup()


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(port: int) -> None:
    """Serve on 127.0.0.1 until the process is stopped."""
    configure()
    with make_server("127.0.0.1", port, get_wsgi_application(), _Server, _Quiet) as server:
        print(f"http://127.0.0.1:{server.server_port}/gallery/", flush=True)  # noqa: T201  # the fixture waits for it
        server.serve_forever()
