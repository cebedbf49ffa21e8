"""What a browser asks for to install the program. Public: it asks before anybody has signed in."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from otklik.orgs.rights import public

ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))
"""Drawn by tools/icons.py: file, side in pixels, purpose."""
GROUND = "#f3f4f6"
"""`--ground` of tokens.css in light: what is seen before the first page comes."""
SURFACE = "#ffffff"
"""`--surface`, the colour of the top bar; the dark one is in the page's own `theme-color`."""

SHELL = (
    "vendor/tabler/tabler.min.css",
    "otklik/tokens.css",
    "otklik/base.css",
    "otklik/pages.css",
    "otklik/theme.js",
    "otklik/page.js",
    "otklik/mark.svg",
)
"""What the page without a connection is made of."""
FONTS = ("vendor/golos/golos-text-cyrillic.woff2", "vendor/golos/golos-text-latin.woff2")
"""Asked for by style sheets, without a version in the address."""


@public
def manifest(_request: HttpRequest) -> HttpResponse:
    """The web application manifest."""
    document = {
        "id": "/",
        "name": "Отклик",
        "short_name": "Отклик",
        "description": "Ответы администрации на сообщения жителей в социальных сетях",
        "lang": "ru",
        "dir": "ltr",
        "start_url": reverse("queue"),
        "scope": "/",
        "display": "standalone",
        "theme_color": SURFACE,
        "background_color": GROUND,
        "icons": [
            {"src": static(f"otklik/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for name, side, purpose in ICONS
        ],
    }
    return JsonResponse(
        document,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-cache"},
    )


@public
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, since its address is the bound of what it serves."""
    shell = [reverse("offline"), *(static(name) for name in SHELL), *(_bare(name) for name in FONTS)]
    version = hashlib.sha256("\n".join(shell).encode()).hexdigest()[:12]
    context = {"shell": json.dumps(shell), "version": version, "static_prefix": settings.STATIC_URL}
    return HttpResponse(
        render_to_string("install/worker.js", context),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@public
def offline(_request: HttpRequest) -> HttpResponse:
    """What the worker shows where there is no connection. The same for everybody."""
    return HttpResponse(render_to_string("offline.html"), headers={"Cache-Control": "no-cache"})


def _bare(name: str) -> str:
    return static(name).partition("?")[0]
