"""Who may use which route. Every route declares a rule; `rules_of` lists them, and a test refuses a route without one.

    @public                                            anybody, signed in or not
    @allow()                                           anybody signed in
    @allow(roles={OurRole.CURATOR})                    who holds one of these roles now, somewhere
    @allow(load=incident_of)                           `incident_of(person, **url_kwargs)` gives the view its object
    @allow(methods=("POST",))                          GET and HEAD unless said otherwise

An object of another organisation answers 404, as an absent one does; a missing role of one's own 403, with a sentence.
What a role may do *in the process* is decided by the act (`otklik.process`), not here.
"""

import functools
import inspect
from collections.abc import Callable, Iterator, Set
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, overload
from urllib.parse import unquote, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, QueryDict
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from otklik.orgs import access, queries
from otklik.orgs.models import Person
from otklik.orgs.words import ROLE_WORDS
from otklik.project.transactions import read
from otklik.regulation.model.people import OurRole

P = ParamSpec("P")
T = TypeVar("T")

Route = Callable[..., HttpResponseBase]

RULE = "otklik_rule"
NUL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
READING = ("GET", "HEAD")


class SignedInRequest(HttpRequest):
    """What a view behind `allow` gets: a person, and the organisations in their sight."""

    user: Person
    organisation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks of its caller. `roles` None: any person signed in."""

    is_public: bool = False
    roles: frozenset[OurRole] | None = None
    load: Callable[..., object] | None = None
    methods: tuple[str, ...] = READING


def public(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Route:
    """Anybody may use this route, signed in or not. It sees no organisation's rows but those it asks for itself."""

    _refuse_async(view)

    @functools.wraps(view)
    def route(request: HttpRequest, *args: P.args, **in_url: P.kwargs) -> HttpResponseBase:
        _without_nul(request)
        with read(()):
            return _rendered(view(request, *args, **in_url))

    setattr(route, RULE, Rule(is_public=True))
    return route


@overload
def allow(
    *, roles: Set[OurRole] | None = None, methods: tuple[str, ...] = READING
) -> Callable[[Callable[Concatenate[SignedInRequest, P], HttpResponseBase]], Route]: ...


@overload
def allow(
    *, roles: Set[OurRole] | None = None, load: Callable[..., T], methods: tuple[str, ...] = READING
) -> Callable[[Callable[[SignedInRequest, T], HttpResponseBase]], Route]: ...


def allow(
    *,
    roles: Set[OurRole] | None = None,
    load: Callable[..., Any] | None = None,
    methods: tuple[str, ...] = READING,
) -> Callable[[Callable[..., HttpResponseBase]], Route]:
    """People signed in may use this route, if they hold one of `roles`, for the object that `load` finds.

    :param load: takes the person and the keywords of the URL, and returns the object, which the view gets in their
        place; raises Http404 or DoesNotExist for what the person must not know of.
    """
    rule = Rule(roles=frozenset(roles) if roles is not None else None, load=load, methods=_with_head(methods))

    def decorate(view: Callable[..., HttpResponseBase]) -> Route:
        _refuse_async(view)

        @functools.wraps(view)
        def route(request: HttpRequest, **in_url: object) -> HttpResponseBase:
            if request.method not in rule.methods:
                return HttpResponseNotAllowed(rule.methods)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            _without_nul(request)
            sees = access.scope(request.user)
            request.organisation_ids = sees  # type: ignore[attr-defined]  # see SignedInRequest
            with read(sees), queries.one_instant() if request.method in READING else nullcontext():
                return _rendered(_answer(view, rule, request, in_url))

        setattr(route, RULE, rule)
        return route

    return decorate


def _refuse_async(view: Callable[..., object]) -> None:
    """The database is asked in the request's own thread; a stream is an async iterator that a plain view returns."""
    if inspect.iscoroutinefunction(view):
        raise TypeError(f"{view.__qualname__} is async: make it a plain view that returns a StreamingHttpResponse.")


def _without_nul(request: HttpRequest) -> None:
    """No text holds NUL, and PostgreSQL can neither keep nor look for one: out of forms and queries it is dropped.

    A delivery's body is not a form and stays as it came.

    :raises Http404: it stands in the address; nothing is called so.
    """
    if NUL in request.path:
        raise Http404("Не найдено.")
    if NUL in unquote(request.META.get("QUERY_STRING", "")):
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]  # as immutable as the one it stands for
    is_form = request.method == "POST" and request.content_type in FORMS and not _is_delivery(request)
    if is_form and any(NUL in value for _, values in request.POST.lists() for value in values):
        request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _is_delivery(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and getattr(match.func, "csrf_exempt", False))


def _cleaned(given: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        kept.setlist(name, [value.replace(NUL, "") for value in values])
    kept._mutable = False
    return kept


def _with_head(methods: tuple[str, ...]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods and "HEAD" not in methods else methods


def _answer(
    view: Callable[..., HttpResponseBase], rule: Rule, request: HttpRequest, in_url: dict[str, object]
) -> HttpResponseBase:
    if rule.load is None:
        _require_role(request, rule)
        return view(request, **in_url)
    found = _found(rule.load, request, in_url)  # first: who must not know of it does not learn of it by a 403
    _require_role(request, rule)
    return view(request, found)


def _found(load: Callable[..., object], request: HttpRequest, in_url: dict[str, object]) -> object:
    try:
        return load(request.user, **in_url)
    except (ObjectDoesNotExist, Http404):
        raise Http404("Не найдено.") from None


def _require_role(request: HttpRequest, rule: Rule) -> None:
    if rule.roles is None or not isinstance(request.user, Person):
        return
    held = {held.role for held in queries.roles_at(request.user, timezone.now())}
    if held.isdisjoint(rule.roles):
        who = ", ".join(ROLE_WORDS[role] for role in OurRole if role in rule.roles)
        raise PermissionDenied(f"Это может: {who}. У вас такой роли сейчас нет; роли назначает администратор.")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    answer = redirect_to_login(request.get_full_path() if request.method in READING else _page_of(request))
    ended = getattr(request, "session_ended", "")
    if ended:
        answer.headers["Location"] += f"&ended={ended}"
    if request.headers.get("HX-Request") != "true":
        return answer
    return HttpResponse(status=401, headers={"HX-Redirect": answer.url})  # htmx would swap the sign-in page into a row


def _page_of(request: HttpRequest) -> str:
    """The page of ours from which a form was sent: there its text is kept. «/» where the browser does not say."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return sent_from.path if sent_from.netloc == request.get_host() and sent_from.path.startswith("/") else "/"


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Templates read too: they are rendered while the tenant is in force."""
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return response.render()
    return response


@dataclass(frozen=True, slots=True)
class NamedRoute:
    """A route of the URL map: its full name, its pattern as written, its rule (None: it declares none)."""

    name: str
    pattern: str
    rule: Rule | None


def rules_of(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[NamedRoute]:
    """Every route of the URL map with its rule."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from rules_of(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield NamedRoute(f"{namespace}{entry.name or ''}", pattern, getattr(entry.callback, RULE, None))
