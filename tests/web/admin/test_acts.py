"""Acts on screen: an edition uploaded, checked, compared, given its day; what has errors is refused."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.incidents.models import Incident
from otklik.journal.models import Event
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs import acts
from otklik.orgs.models import Organisation, UploadedEdition
from otklik.regulation.model.people import OurRole
from otklik.regulation.parse import SHIPPED, load_act
from tests.cast import Cast, client_of, make_cast, make_person
from tests.web.admin.forms import sent, text

pytestmark = pytest.mark.django_db
ACT = "novoalekseevskaya-2020-129"
FILES = {
    str(path.relative_to(SHIPPED / ACT)): path.read_text(encoding="utf-8")
    for path in sorted((SHIPPED / ACT).rglob("*.yaml"))
    if "cases" not in path.parts
}
TITLE = load_act(ACT).act.short_title


@pytest.fixture
def village() -> Cast:
    return make_cast(act=ACT)


@pytest.fixture
def admin(village: Cast) -> Client:
    return client_of(village.administrator)


def at(name: str, people: Cast, *rest: object) -> str:
    return reverse(name, args=[people.organisation.pk, *rest])


def packed(files: dict[str, str], *, folder: str = "act/") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return whole.getvalue()


def changed(old: str, new: str) -> dict[str, str]:
    """The act's files with one thing otherwise; it must have been there."""
    main = FILES["act.yaml"]
    assert old in main
    return FILES | {"act.yaml": main.replace(old, new, 1)}


def upload(people: Cast, admin: Client, content: bytes, name: str = "act.zip") -> Any:
    return admin.post(at("admin_acts", people), {"file": SimpleUploadedFile(name, content)})


def brought(people: Cast, admin: Client) -> UploadedEdition:
    answer = upload(people, admin, packed(changed(f"short_title: {TITLE}", f"short_title: {TITLE} (новая)")))
    assert answer.status_code == 303, text(answer)
    return UploadedEdition.objects.get()


def opened(people: Cast, words: str) -> Incident:
    made = HandMade(network="vk", text=words)
    taken = enter_by_hand(people.organisation, people.curator, made, now=timezone.now())
    return Incident.objects.get(message=taken.message)


def test_an_edition_is_uploaded_read_and_given_its_day(village: Cast, admin: Client) -> None:
    before = opened(village, "Яма на Садовой")
    row = brought(village, admin)
    page = text(admin.get(at("admin_edition", village, row.pk)))
    assert "(новая)" in page
    assert "Что изменится по сравнению с" in page
    assert not Event.objects.filter(kind="act_planned").exists()
    assert sent(admin, at("admin_edition", village, row.pk)).status_code == 303
    after = opened(village, "Фонарь не горит")
    assert (before.act_hash, after.act_hash) == (load_act(ACT).hash, row.hash)
    assert "(новая)" in admin.get("/act/").content.decode()
    event = Event.objects.get(kind="act_planned")
    assert (event.actor_id, event.payload["was"]["hash"]) == (village.administrator.pk, load_act(ACT).hash)
    assert row.hash[:12] in text(admin.get(at("admin_journal", village)))


def test_the_difference_is_said_in_words(village: Cast, admin: Client) -> None:
    page = text(admin.get(at("admin_edition", village, "altai-2020-132")))
    assert "было" in page
    assert "станет" in page


def test_a_coming_day_counts_when_it_comes_and_can_be_taken_back(village: Cast, admin: Client) -> None:
    row = brought(village, admin)
    tomorrow = acts.today(village.organisation) + dt.timedelta(days=1)
    assert sent(admin, at("admin_edition", village, row.pk), starts_on=tomorrow.isoformat()).status_code == 303
    organisation = Organisation.objects.get(pk=village.organisation.pk)
    found = [acts.in_force(organisation, tomorrow - dt.timedelta(days=back)) for back in (1, 0)]
    assert [one.hash for one in found if one] == [load_act(ACT).hash, row.hash]
    assert admin.get(at("admin_edition_drop", village, row.pk)).status_code == 200
    refused = sent(admin, at("admin_edition_drop", village, row.pk))
    assert refused.status_code == 422
    assert "Сначала отмените назначение" in text(refused)
    assert sent(admin, at("admin_act_cancel", village, tomorrow.isoformat())).status_code == 303
    organisation.refresh_from_db()
    assert organisation.act_plan == []
    assert sent(admin, at("admin_edition_drop", village, row.pk)).status_code == 303
    assert not UploadedEdition.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"), [("2020-01-01", "уже прошло"), ("", "Назовите день"), ("завтра", "Дата не разобрана")]
)
def test_a_day_that_cannot_be(village: Cast, admin: Client, day: str, sentence: str) -> None:
    row = brought(village, admin)
    answer = sent(admin, at("admin_edition", village, row.pk), starts_on=day)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Organisation.objects.get(pk=village.organisation.pk).act_plan == []


def test_what_has_begun_is_not_cancelled(village: Cast, admin: Client) -> None:
    row = brought(village, admin)
    today = acts.today(village.organisation).isoformat()
    sent(admin, at("admin_edition", village, row.pk))
    answer = sent(admin, at("admin_act_cancel", village, today))
    assert answer.status_code == 422
    assert "уже действует" in text(answer)


def test_an_act_of_the_program_is_chosen_the_same_way(village: Cast, admin: Client) -> None:
    assert sent(admin, at("admin_edition", village, "altai-2020-132")).status_code == 303
    organisation = Organisation.objects.get(pk=village.organisation.pk)
    act = acts.current(organisation)
    assert act is not None
    assert act.act == "altai-2020-132"


def test_an_amendment_alone_goes_over_the_act_in_force(village: Cast, admin: Client) -> None:
    clause = load_act(ACT).act.clauses[0]
    amendment = (
        "amendment: 2027-1\n"
        "document: {title: О внесении изменений, number: '1', adopted_on: 2026-12-01, in_force_since: 2027-01-01}\n"
        f"replaces:\n  clauses:\n    - clause: '{clause.clause}'\n      text: {clause.text!r}\n"
    )
    answer = upload(village, admin, amendment.encode(), "2027-1.yaml")
    said = text(answer) if answer.status_code != 303 else ""
    assert "нет файла act.yaml" not in said
    assert answer.status_code == 303 or "amendments/2027-1.yaml:" in said


def test_errors_are_shown_with_file_and_line_and_nothing_is_kept(village: Cast, admin: Client) -> None:
    answer = upload(village, admin, packed(changed("steps:", "stepz:")))
    assert answer.status_code == 422
    assert "act.yaml:" in text(answer)
    assert "она не сохранена" in text(answer)
    assert not UploadedEdition.objects.exists()


def test_a_case_that_does_not_come_out_is_an_error(village: Cast, admin: Client) -> None:
    cases = {
        f"cases/{path.name}": path.read_text(encoding="utf-8") for path in (SHIPPED / ACT / "cases").glob("*.yaml")
    }
    assert (
        upload(village, admin, packed(changed(f"short_title: {TITLE}", "short_title: Новое") | cases)).status_code
        == 303
    )
    broken = {name: content.replace("due: 20", "due: 19") for name, content in cases.items()}
    assert broken != cases
    answer = upload(village, admin, packed(changed(f"short_title: {TITLE}", "short_title: Другое") | broken))
    assert answer.status_code == 422
    assert UploadedEdition.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "act.yaml"),
        (b"PK\x03\x04 broken", "act.yaml"),
        (packed({"readme.txt": "привет"}), "нет файла act.yaml"),
        (packed({f"cases/{number}.yaml": "a: 1" for number in range(80)}), "можно до 60"),
        (packed({"act.yaml": "a" * 5_000_000}), "вместе больше"),
        (b"x" * 1_200_000, "Файл больше"),
        (b"\xff\xfe\x00", "не текст в UTF-8"),
        (b"just words", "act.yaml"),
        (b"&a [*a, *a]: 1", "act.yaml"),
    ],
)
def test_what_is_no_act_is_refused(village: Cast, admin: Client, content: bytes, sentence: str) -> None:
    answer = upload(village, admin, content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not UploadedEdition.objects.exists()


def test_a_path_that_leads_out_of_the_folder_leads_nowhere(village: Cast, admin: Client, tmp_path: Any) -> None:
    out = packed({f"../../../../../../../..{tmp_path}/otklik-evil.yaml": "a: 1", **FILES}, folder="")
    assert upload(village, admin, out).status_code in {303, 422}
    assert not (tmp_path / "otklik-evil.yaml").exists()


def test_another_organisations_edition_is_not_there(village: Cast, admin: Client) -> None:
    row = brought(village, admin)
    client = client_of(make_person(village.elsewhere, "elsewhere", OurRole.ADMINISTRATOR))
    for name in ("admin_edition", "admin_edition_drop"):
        assert client.get(reverse(name, args=[village.elsewhere.pk, row.pk])).status_code == 404
    assert admin.get(at("admin_edition", village, "no-such-act")).status_code == 404
