"""The URL names that the templates use (docs/screens.md), answered by samples."""

from typing import Any

from django.contrib.staticfiles.views import serve as serve_static
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path

from tests.browser.gallery.samples import SCREENS, Screen
from tests.browser.gallery.samples.common import frame


def show(request: HttpRequest, name: str) -> HttpResponse:
    """One screen of the gallery."""
    screen = SCREENS.get(name)
    if screen is None:
        raise Http404(name)
    return _render(request, screen)


def index(_request: HttpRequest) -> HttpResponse:
    """Links to all of them."""
    links = "".join(f'<li><a href="/gallery/{name}/">{name}</a></li>' for name in SCREENS)
    return HttpResponse(f'<!doctype html><html lang="ru"><title>gallery</title><ul>{links}</ul></html>')


def _render(request: HttpRequest, screen: Screen) -> HttpResponse:
    context: dict[str, Any] = {"frame": frame(**screen.frame), **screen.context}
    return render(request, screen.template, context, status=screen.status)


def named(name: str) -> Any:
    """A view that answers a URL name with the screen that stands for it."""

    def view(request: HttpRequest, **_: Any) -> HttpResponse:
        return _render(request, SCREENS[name])

    return view


def findings(request: HttpRequest, **_: Any) -> HttpResponse:
    """The answer to `card_draft_check`: a text that says «оперативно» gets a finding."""
    from tests.browser.gallery.samples.card import FINDINGS

    shown = FINDINGS[:1] if "оперативно" in request.POST.get("text", "") else ()
    return render(request, "card/_findings.html", {"findings": shown, "frame": frame()})


def file(_request: HttpRequest, **_: Any) -> HttpResponse:
    """Stands for a picture: grey, with a road across."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120"><rect width="160" height="120" fill="#9aa5b1"/>'
        '<path d="M60 120 76 40h8l16 80z" fill="#5b6673"/><rect width="160" height="40" fill="#cfd8e1"/></svg>'
    )
    return HttpResponse(svg, content_type="image/svg+xml")


def manifest(_request: HttpRequest) -> HttpResponse:
    """The gallery is not installed."""
    return HttpResponse("{}", content_type="application/manifest+json")


def worker(_request: HttpRequest) -> HttpResponse:
    """A service worker that does nothing."""
    return HttpResponse("", content_type="text/javascript")


CARD = "incidents/<int:pk>/"
MANAGER = "manager/<int:pk>/"
urlpatterns = [
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", worker, name="service_worker"),
    path("", named("queue"), name="queue"),
    path("queue/bulk/", named("queue-bulk"), name="queue_bulk"),
    path("queue/views/", named("queue-views"), name="queue_views"),
    path("queue/views/<int:pk>/", named("queue-views"), name="queue_view"),
    path("feed/", named("feed"), name="feed"),
    path("feed/<int:pk>/author/", named("feed-author"), name="feed_author"),
    path("feed/<int:pk>/join/", named("feed-join"), name="feed_join"),
    path("sign-in/", named("signin"), name="sign_in"),
    path("sign-out/", named("signin"), name="sign_out"),
    path("password/", named("password"), name="change_password"),
    path(CARD, named("card-draft"), name="card"),
    path(CARD + "draft/", named("card-draft"), name="card_draft"),
    path(CARD + "draft/check/", findings, name="card_draft_check"),
    path(CARD + "review/", named("card-review"), name="card_review"),
    path(CARD + "here/", named("card-waiting"), name="card_here"),
    path(CARD + "draft/template/<int:template>/", named("card-draft"), name="card_template"),
    path(CARD + "publish/", named("card-publish"), name="card_publish"),
    path(CARD + "do/<slug:command>/", named("command"), name="card_command"),
    path("messages/new/", named("message-new"), name="message_new"),
    path("imports/", named("imports"), name="imports"),
    path("imports/<int:pk>/", named("import-done"), name="import"),
    path("imports/<int:pk>/mapping/", named("import-mapping"), name="import_mapping"),
    path("imports/<int:pk>/progress/", named("import-done"), name="import_progress"),
    path("imports/<int:pk>/cancel/", named("import-cancelled"), name="import_cancel"),
    path("imports/<int:pk>/bad-rows.csv", named("import-done"), name="import_bad_rows"),
    path("imports/profiles/<int:pk>/", named("import-profile"), name="import_profile"),
    path("act/", named("act"), name="act"),
    path("help/", named("help"), name="help"),
    path("help/<slug:key>/", named("help-page"), name="help_page"),
    path(MANAGER, named("manager"), name="manager_of"),
    path(MANAGER + "tasks/", named("manager-tasks"), name="manager_tasks"),
    path(MANAGER + "remind/", named("manager-results"), name="manager_remind"),
    path(MANAGER + "people/", named("manager-people"), name="manager_people"),
    path(MANAGER + "people/<int:holder>/", named("manager-hand-over"), name="manager_hand_over"),
    path(MANAGER + "rota/", named("manager-rota"), name="manager_rota"),
    path(MANAGER + "rota/<int:duty>/remove/", named("manager-rota-remove"), name="manager_rota_remove"),
    path("duty/", named("duty"), name="duty"),
    path("duty/training/", named("duty-training"), name="duty_training"),
    path("demo-network/", named("demo-network"), name="demo_network"),
    path("demo-network/<slug:community>/", named("demo-network"), name="demo_community"),
    path("demo-network/<slug:community>/posts/", named("demo-posts"), name="demo_posts"),
    path("demo-network/<slug:community>/<int:pk>/reply/", named("demo-network"), name="demo_reply"),
    path("files/<slug:key>/", file, name="file"),
    path("gallery/", index),
    path("gallery/<slug:name>/", show, name="gallery"),
    re_path(r"^static/(?P<path>.*)$", serve_static, {"insecure": True}),
]
