"""Signing in: who may, from where, how often; sessions end; nothing tells who exists."""

import datetime as dt
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from otklik.orgs import actions
from otklik.orgs.demo import DEMO_PASSWORD
from otklik.orgs.models import Person
from otklik.project import sessions
from tests.cast import PASSWORD, Cast, by, client_of, make_organisation, make_person

pytestmark = pytest.mark.django_db

Response = Any


def sign_in(client: Client, username: str, password: str = PASSWORD, **others: Any) -> Response:
    target = others.pop("next", "")
    return client.post("/sign-in/", {"username": username, "password": password, "next": target}, **others)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_name_and_password_open_the_door(people: Cast, client: Client) -> None:
    response = sign_in(client, " CURATOR ", next="/incidents/?mine=1")
    assert (response.status_code, response["Location"]) == (302, "/incidents/?mine=1")
    assert client.session["_auth_user_id"] == str(people.curator.pk)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil.example", ""]
)
def test_it_never_leads_elsewhere(people: Cast, client: Client, target: str) -> None:  # noqa: ARG001
    assert sign_in(client, "curator", next=target)["Location"] == "/"


def test_it_never_says_who_exists(people: Cast, client: Client) -> None:
    actions.close_account(people.publisher, by=by())
    answers = [
        sign_in(client, "curator", "не тот пароль"),
        sign_in(client, "nobody", "не тот пароль"),
        sign_in(client, "publisher", PASSWORD),
    ]
    pages = {
        answer.content.decode().replace(name, "NAME")
        for answer, name in zip(answers, ("curator", "nobody", "publisher"), strict=True)
    }
    assert {answer.status_code for answer in answers} == {422}
    assert len({_without_token(page) for page in pages}) == 1
    assert not is_signed_in(client)


def test_a_wrong_name_costs_one_hash_like_a_wrong_password(people: Cast, client: Client, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.project.hashers.CountingHasher"]
    from tests.project.hashers import CountingHasher

    actions.set_password(people.curator, PASSWORD, by=by())
    counts = []
    for name in ("curator", "nobody"):
        CountingHasher.calls = 0
        sign_in(client, name, "не тот пароль")
        counts.append(CountingHasher.calls)
    assert counts == [1, 1]


def test_the_last_attempt_allowed_still_counts_and_the_next_is_refused(
    people: Cast, client: Client, settings: Settings
) -> None:
    limit = settings.AXES_FAILURE_LIMIT
    for _ in range(limit - 1):
        assert sign_in(client, "curator", "не тот").status_code == 422
    assert sign_in(client, "curator").status_code == 302  # one before the limit: the right password still helps
    client.post("/sign-out/")
    assert not AccessAttempt.objects.exists()
    for _ in range(limit):
        last = sign_in(client, "curator", "не тот")
    assert last.status_code == 429
    locked = sign_in(client, "curator")
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) <= settings.AXES_COOLOFF_TIME.total_seconds()
    assert "Слишком много неверных паролей подряд" in locked.content.decode()
    assert not is_signed_in(client)
    assert people.curator.is_active


def test_the_lockout_ends_by_itself_and_trying_does_not_lengthen_it(
    people: Cast,  # noqa: ARG001
    client: Client,
    settings: Settings,
) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "curator", "не тот")
    second = dt.timedelta(seconds=1)
    just_before_end = timezone.now() - settings.AXES_COOLOFF_TIME + dt.timedelta(minutes=1)
    AccessAttempt.objects.update(attempt_time=just_before_end)
    assert sign_in(client, "curator").status_code == 429
    assert AccessAttempt.objects.get().attempt_time == just_before_end
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - second)
    assert sign_in(client, "curator").status_code == 302


def test_another_spelling_or_browser_is_not_another_chance(people: Cast, client: Client, settings: Settings) -> None:  # noqa: ARG001
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, ["curator", "CURATOR", " Curator"][number % 3], "не тот", HTTP_USER_AGENT=f"browser {number}")
    assert sign_in(client, "curator").status_code == 429


def test_nobody_locks_a_colleague_out_from_elsewhere(people: Cast, client: Client, settings: Settings) -> None:  # noqa: ARG001
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "curator", "не тот", REMOTE_ADDR="10.0.0.66")
    assert sign_in(client, "curator", REMOTE_ADDR="10.0.0.66").status_code == 429
    assert sign_in(client, "curator", REMOTE_ADDR="10.0.0.5").status_code == 302


def test_a_name_that_does_not_exist_locks_too(client: Client, settings: Settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = sign_in(client, "nobody", "не тот")
    assert last.status_code == 429


def test_a_password_is_never_stored_with_the_attempt(people: Cast, client: Client) -> None:  # noqa: ARG001
    sign_in(client, "curator", "почти тот пароль")
    attempt = AccessAttempt.objects.get()
    assert "почти" not in f"{attempt.post_data} {attempt.get_data}"


@pytest.mark.parametrize(
    ("is_bound", "remote", "forwarded", "opens"),
    [
        (True, "127.0.0.1", None, True),
        (True, "::1", None, True),
        (False, "127.0.0.1", None, False),
        (True, "10.0.0.5", None, False),
        (True, "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_a_demo_password_opens_on_loopback_only(
    client: Client, settings: Settings, is_bound: bool, remote: str, forwarded: str | None, opens: bool
) -> None:
    settings.BOUND_TO_LOOPBACK = is_bound
    make_person(make_organisation(), "demo", is_demo=True, password=DEMO_PASSWORD)
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    page = client.get("/sign-in/", REMOTE_ADDR=remote, **headers)  # type: ignore[arg-type]
    assert (DEMO_PASSWORD in page.content.decode()) is opens
    sign_in(client, "demo", DEMO_PASSWORD, REMOTE_ADDR=remote, **headers)
    assert is_signed_in(client) is opens


def test_sign_out_is_by_post(people: Cast) -> None:
    client = client_of(people.curator)
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_form_from_elsewhere_is_refused(people: Cast) -> None:  # noqa: ARG001
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "curator").status_code == 403
    token = client.get("/sign-in/").context["csrf_token"]
    posted = {"username": "curator", "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    assert client.post("/sign-in/", posted).status_code == 302


def test_cookies_are_kept_from_scripts_and_other_sites(people: Cast, client: Client) -> None:  # noqa: ARG001
    client.get("/sign-in/")
    sign_in(client, "curator")
    for name in ("otklik_session", "otklik_csrf"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_one_changes_ones_own_password(people: Cast) -> None:
    here, elsewhere = client_of(people.curator), client_of(people.curator)
    new = "совсем другой пароль"
    form = {"old_password": PASSWORD, "new_password": new, "repeated": new}
    assert here.post("/password/", form | {"old_password": "не тот"}).status_code == 422
    assert here.post("/password/", form | {"repeated": "иначе"}).status_code == 422
    assert here.post("/password/", form | {"new_password": "123", "repeated": "123"}).status_code == 422
    assert Person.objects.get(pk=people.curator.pk).check_password(PASSWORD)
    answer = here.post("/password/", form)
    assert answer.context["is_changed"]
    assert Person.objects.get(pk=people.curator.pk).check_password(new)
    assert here.get("/password/").status_code == 200
    assert elsewhere.get("/password/").status_code == 302


def test_a_closed_account_is_signed_out_at_its_next_request(people: Cast) -> None:
    client = client_of(people.curator)
    assert client.get("/password/").status_code == 200
    actions.close_account(people.curator, by=by())
    assert client.get("/password/").status_code == 302


def _at(client: Client, *, started: dt.timedelta, seen: dt.timedelta) -> None:
    now = int(timezone.now().timestamp())
    session = client.session
    session[sessions.STARTED] = now - int(started.total_seconds())
    session[sessions.SEEN] = now - int(seen.total_seconds())
    session.save()


SECOND = dt.timedelta(seconds=1)
IDLE = dt.timedelta(minutes=60)
LIFE = dt.timedelta(hours=12)


@pytest.mark.parametrize(
    ("started", "seen", "ended"),
    [
        (IDLE, IDLE - 5 * SECOND, ""),
        (IDLE, IDLE, "idle"),
        (IDLE + SECOND, IDLE + SECOND, "idle"),
        (LIFE - 5 * SECOND, SECOND, ""),
        (LIFE, SECOND, "old"),
        (LIFE + SECOND, SECOND, "old"),
    ],
)
def test_a_session_ends(people: Cast, started: dt.timedelta, seen: dt.timedelta, ended: str) -> None:
    client = client_of(people.curator)
    _at(client, started=started, seen=seen)
    response = client.get("/password/")
    if not ended:
        assert response.status_code == 200
        return
    assert response["Location"] == f"/sign-in/?next=/password/&ended={ended}"
    assert "Сеанс закончился" in client.get(response["Location"]).content.decode()
    assert not is_signed_in(client)


def test_activity_is_noted_once_a_minute_and_background_is_none(people: Cast) -> None:
    client = client_of(people.curator)

    def idle_after(seconds: int, **headers: str) -> int:
        _at(client, started=IDLE, seen=dt.timedelta(seconds=seconds))
        client.get("/password/", headers=headers)
        return int(timezone.now().timestamp()) - int(client.session[sessions.SEEN])

    assert idle_after(59) >= 59
    assert idle_after(61) < 5
    assert idle_after(61, **{"X-Otklik-Background": "1"}) >= 61


def _without_token(page: str) -> str:
    start = page.index('name="csrfmiddlewaretoken"')
    left = page.find("До временного закрытия входа")
    whole = page[:start] + page[page.index(">", start) :]
    return whole if left < 0 else whole.replace(page[left : page.index("</p>", left)], "")


def test_the_page_is_served_with_every_wall(client: Client) -> None:
    response: HttpResponse = client.get("/sign-in/")  # type: ignore[assignment]
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in response
    page = response.content.decode()
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page
