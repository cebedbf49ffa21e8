"""Signing in, signing out (by POST), changing one's own password."""

import uuid

from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from otklik.orgs import actions, first_run
from otklik.orgs.rights import SignedInRequest, allow, public
from otklik.project.transactions import write
from otklik.web.signin.forms import PasswordForm, SignInForm
from otklik.web.signin.lockout import attempts_left
from otklik.web.signin.page import sign_in_page

BACKEND = "otklik.orgs.backends.PersonBackend"


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; whoever is signed in goes on to where they were going."""
    if request.method != "POST" and first_run.is_empty():
        return redirect("setup")
    target = _safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    if request.method != "POST":
        return render(request, "signin/page.html", {"page": sign_in_page(request, target=target)})
    form = SignInForm(request, request.POST)
    if not form.is_valid() or form.person is None:
        page = sign_in_page(request, target=target, wrong=True, attempts_left=attempts_left(request))
        return render(request, "signin/page.html", {"page": page}, status=422)
    with write([form.person.organisation_id]):
        login(request, form.person, backend=BACKEND)
    return HttpResponseRedirect(target)


@allow(methods=("POST",))
def sign_out(request: SignedInRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("sign_in")


@allow(methods=("GET", "POST"))
@sensitive_post_parameters("old_password", "new_password", "repeated")
def change_password(request: SignedInRequest) -> HttpResponse:
    """One's own password; other sessions of the person end."""
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "signin/password.html", {"form": form})
    if not form.is_valid():
        return render(request, "signin/password.html", {"form": form}, status=422)
    by = actions.By(person_id=request.user.pk, command_id=uuid.uuid4(), now=timezone.now())
    actions.change_password(request.user, form.cleaned_data["new_password"], by=by)
    update_session_auth_hash(request, request.user)
    return render(request, "signin/password.html", {"form": PasswordForm(request.user), "is_changed": True})


def _safe_target(request: HttpRequest, target: str) -> str:
    """`target` if it leads into this installation, else the start page."""
    here = {request.get_host()}
    if target and url_has_allowed_host_and_scheme(target, allowed_hosts=here, require_https=request.is_secure()):
        return target
    return "/"
