"""The administrator's door: the address names an organisation, perhaps something of it; a form is one command."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from otklik.orgs import access
from otklik.orgs.actions import By
from otklik.orgs.models import Person
from otklik.orgs.rights import READING, Route, SignedInRequest, allow
from otklik.regulation.model.people import OurRole

SEE_OTHER = 303
UNREADABLE = 422
BOTH = ("GET", "POST")
NOT_HERE = (
    "Этой организацией управляет другой администратор. Роль администратора даёт тот, у кого она есть в этой "
    "организации или в вышестоящей."
)

Load = Callable[..., object]
"""`load(organisation, **rest of the address)`: the object, or DoesNotExist."""


def administers(
    load: Load | None = None, *, methods: tuple[str, ...] = READING
) -> Callable[[Callable[..., HttpResponse]], Route]:
    """A route for administrators of the organisation in the address; the view gets the organisation, then what `load`
    found in it. Another organisation answers 404, one's own without the role 403."""

    def found(person: Person, organisation: int, **rest: object) -> tuple[Any, ...]:
        place = access.organisation(person, organisation)
        return (place,) if load is None else (place, load(place, **rest))

    def decorate(view: Callable[..., HttpResponse]) -> Route:
        @allow(roles={OurRole.ADMINISTRATOR}, load=found, methods=methods)
        def route(request: SignedInRequest, what: tuple[Any, ...]) -> HttpResponse:
            if not access.administered(request.user).filter(pk=what[0].pk).exists():
                raise PermissionDenied(NOT_HERE)
            return view(request, *what)

        return functools.update_wrapper(route, view)

    return decorate


def by_hand_of(request: SignedInRequest) -> By:
    """Who sent the form, under the form's own command id (a new one, where it brought none that can be read)."""
    try:
        command_id = UUID(request.POST.get("command_id", ""))
    except ValueError:
        command_id = uuid4()
    return By(person_id=request.user.pk, command_id=command_id, now=timezone.now())


def see(name: str, *args: object, done: str = "") -> HttpResponse:
    """The answer to a form that was done: look there. `done`: code of the sentence to show (`pages.DONE`)."""
    address = reverse(name, args=args)
    return HttpResponseRedirect(f"{address}?done={done}" if done else address, status=SEE_OTHER)


def is_sent(request: HttpRequest) -> bool:
    """Whether a form has come."""
    return request.method == "POST"
