"""Imports on screen: upload, say what columns mean, look how far it is, stop it, take away what could not be read."""

import datetime as dt
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from otklik.messages import access, imports
from otklik.messages.models import ImportProfile, ImportRun, ImportState
from otklik.messages.reading.importing import end
from otklik.messages.reading.refusals import FileRefused
from otklik.orgs.actions import By
from otklik.orgs.models import Organisation
from otklik.orgs.rights import SignedInRequest, allow
from otklik.regulation.model.people import OurRole
from otklik.web.imports.bad_rows import bad_rows_csv
from otklik.web.imports.mapping import chosen, fields_of
from otklik.web.imports.mapping_page import mapping_page
from otklik.web.imports.page import import_page, imports_page, profile_page
from otklik.web.imports.words import PROBLEMS

MONITORING = {OurRole.OPERATOR, OurRole.CURATOR}
SEE_OTHER = 303


@allow(roles=MONITORING, methods=("GET", "POST"))
def import_list(request: SignedInRequest) -> HttpResponse:
    """The list with the form; a POST takes a file."""
    organisation, now = _organisation(request), timezone.now()
    if request.method != "POST":
        before = request.GET.get("before", "")
        page = imports_page(organisation, before=int(before) if before.isdecimal() and len(before) < 16 else None)
        return render(request, "imports/list.html", {"page": page})
    return _uploaded(request, organisation, now)


def _uploaded(request: SignedInRequest, organisation: Organisation, now: dt.datetime) -> HttpResponse:
    """Each of the files that were sent; one leads to its import, several to the list."""
    profile = request.POST.get("profile", imports.AUTO)
    taken, problems = [], []
    for file in request.FILES.getlist("file"):
        name, content = (file.name or "").strip() or "файл", cast("BinaryIO", file)
        try:
            by = _by(request, now)
            taken.append(imports.upload(organisation, request.user, content, name=name, profile=profile, by=by))
        except FileRefused as refused:
            problems.append(str(refused))
    if problems or not taken:
        page = imports_page(organisation, problems=tuple(problems) or (PROBLEMS["no_file"],), chosen=profile)
        return render(request, "imports/list.html", {"page": page}, status=422)
    if len(taken) > 1:
        return HttpResponseRedirect(reverse("imports"), status=SEE_OTHER)
    (one,) = taken
    known = "?known=1" if one.is_known else ""
    return _to("import_mapping" if one.run.state == ImportState.MAPPING else "import", one.run, known)


@allow(roles=MONITORING, load=access.import_run, methods=("GET", "POST"))
def import_mapping(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """What the columns mean. A POST shows the first rows anew, or starts the import."""
    now = timezone.now()
    if run.state != ImportState.MAPPING:
        return _to("import", run)
    try:
        source = imports.opened(run)
    except FileRefused as refused:
        end(run, ImportState.FAILED, str(refused), now)
        return _to("import", run)
    said = chosen(run, source, fields_of(request.POST if request.method == "POST" else None))
    if request.method != "POST" or request.POST.get("action") == "preview":
        return render(request, "imports/mapping.html", {"page": mapping_page(run, source, said, now, said.problems)})
    problems = said.problems
    if not problems:
        try:
            earlier = imports.start(run, said.header, network=said.network, keep_as=said.name, by=_by(request, now))
        except imports.ImportRefused as refused:
            if refused.code == "not_waiting":
                return _to("import", run)
            problems = ((_field_of(refused.code), PROBLEMS[refused.code]),)
        else:
            return _to("import", earlier or run, "?known=1" if earlier else "")
    return render(request, "imports/mapping.html", {"page": mapping_page(run, source, said, now, problems)}, status=422)


@allow(roles=MONITORING, load=access.import_run)
def import_detail(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """One import."""
    if run.state == ImportState.MAPPING:
        return _to("import_mapping", run)
    page = import_page(run, is_known=request.GET.get("known") == "1")
    return render(request, "imports/detail.html", {"page": page})


@allow(roles=MONITORING, load=access.import_run)
def import_progress(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """How far it is: what the page asks for every two seconds while it runs."""
    return render(request, "imports/_progress.html", {"page": import_page(run)})


@allow(roles=MONITORING, load=access.import_run, methods=("POST",))
def import_cancel(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """Stop it; what has ended meanwhile stays as it ended."""
    was_mapping = run.state == ImportState.MAPPING
    try:
        imports.cancel(run, by=_by(request, timezone.now()))
    except imports.ImportRefused:
        return _to("import", run)
    return HttpResponseRedirect(reverse("imports"), status=SEE_OTHER) if was_mapping else _to("import", run)


@allow(roles=MONITORING, load=access.import_run)
def import_bad_rows(_request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """The rows that did not come in, to be mended."""
    answer = HttpResponse(bad_rows_csv(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"ошибки-{run.pk}.csv")
    return answer


@allow(roles=MONITORING, load=access.import_profile, methods=("GET", "POST"))
def import_profile(request: SignedInRequest, profile: ImportProfile) -> HttpResponse:
    """A kept mapping; a POST forgets it."""
    if request.method == "POST":
        imports.forget_profile(profile, by=_by(request, timezone.now()))
        return HttpResponseRedirect(reverse("imports"), status=SEE_OTHER)
    return render(request, "imports/profile.html", {"page": profile_page(profile)})


def _to(name: str, run: ImportRun, query: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name, args=[run.pk])}{query}", status=SEE_OTHER)


def _field_of(code: str) -> str:
    return "name" if code == "name_taken" else ""


def _organisation(request: SignedInRequest) -> Organisation:
    try:
        return access.organisation_monitored(request.user)
    except Organisation.DoesNotExist:
        raise Http404("Не найдено.") from None


def _by(request: SignedInRequest, now: dt.datetime) -> By:
    try:
        command_id = UUID(request.POST.get("command_id", ""))
    except ValueError:
        command_id = uuid4()
    return By(person_id=request.user.pk, command_id=command_id, now=now)
