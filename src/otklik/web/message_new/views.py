"""A message entered by hand: what a person found themselves, or was shown."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from otklik.incidents import queries
from otklik.incidents.actions import DetectionRefused
from otklik.incidents.by_hand import take_by_hand
from otklik.messages.access import organisations_monitored
from otklik.messages.actions import MessageRefused
from otklik.messages.models import Message
from otklik.messages.text import storable
from otklik.orgs import access
from otklik.orgs.models import Organisation
from otklik.orgs.rights import SignedInRequest, allow
from otklik.regulation.model.people import OurRole
from otklik.web.command_ids import command_id
from otklik.web.message_new.page import already_known, new_message_page, read

PROBLEMS = {
    "text_required": "Впишите текст сообщения: без него нечего рассматривать.",
    "posted_in_future": "Сообщение не могло быть написано в будущем: поправьте день и время.",
    "kind_unknown": "Выберите вид сообщения из списка: другого акт не знает.",
    "unreadable": "Когда написано: нужны день и время, например 27.11.2026 16:40.",
}
SEE_OTHER = 303


@allow(roles={OurRole.OPERATOR, OurRole.CURATOR}, methods=("GET", "POST"))
def message_new(request: SignedInRequest) -> HttpResponse:
    """The form; a POST stores the message and opens its incident, or the form again for the next one."""
    organisation, now = _organisation(request), timezone.now()
    if request.method != "POST":
        before = queries.by_number(organisation.pk, _number(request.GET.get("stored", "")))
        return render(request, "message_new/page.html", {"page": new_message_page(organisation, now, stored=before)})
    try:
        taken = take_by_hand(
            organisation,
            read(organisation, request.POST),
            kind=request.POST.get("kind") or None,
            person=request.user,
            command_id=command_id(request),
            now=now,
        )
    except MessageRefused as refusal:
        return _again(request, organisation, refusal.code)
    except DetectionRefused:
        return _again(request, organisation, "kind_unknown")
    except ValueError:
        return _again(request, organisation, "unreadable")
    incident = queries.of_message(taken.message.pk)
    if incident is None or not (taken.is_new or _is_the_same_form(request, taken.message)):
        page = new_message_page(organisation, now, post=request.POST, known=(already_known(taken.message, incident),))
        return render(request, "message_new/page.html", {"page": page}, status=409)
    if request.POST.get("then") == "next":
        target = redirect("message_new").url
        return HttpResponseRedirect(f"{target}?stored={incident.number}", status=SEE_OTHER)
    return HttpResponseRedirect(redirect("card", pk=incident.pk).url, status=SEE_OTHER)


def _is_the_same_form(request: SignedInRequest, message: Message) -> bool:
    """What this person has entered before, word for word: the button was pressed twice."""
    return message.entered_by_id == request.user.pk and message.text == storable(request.POST.get("text", ""))


def _again(request: SignedInRequest, organisation: Organisation, code: str) -> HttpResponse:
    page = new_message_page(organisation, timezone.now(), post=request.POST, problem=PROBLEMS[code])
    return render(request, "message_new/page.html", {"page": page}, status=422)


def _organisation(request: SignedInRequest) -> Organisation:
    """The organisation whose messages the person takes in; their own first."""
    monitored = organisations_monitored(request.user)
    own = request.user.organisation_id
    if not monitored:
        raise Http404("Не найдено.")
    return access.organisation(request.user, own if own in monitored else min(monitored))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
