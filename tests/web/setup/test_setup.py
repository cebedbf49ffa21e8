"""The set-up of an empty installation: the code of the console, five steps, everything written at once."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from otklik.journal.models import Event
from otklik.orgs import access, first_run
from otklik.orgs.models import Organisation, Person, Unit
from otklik.regulation.model.people import OurRole
from tests.cast import PASSWORD, make_organisation
from tests.web.admin.forms import sent, shown, text

pytestmark = pytest.mark.django_db
ACT = "novoalekseevskaya-2020-129"
PLACE = {"name": "Администрация Новоалексеевского сельского поселения", "short_name": "Новоалексеевское с. п."}
PEOPLE: dict[str, Any] = {
    "full_name_0": "Петрова Нина Ивановна",
    "username_0": "petrova",
    "password": PASSWORD,
    "repeated": PASSWORD,
    "full_name_1": "Сидоров Олег Петрович",
    "username_1": "sidorov",
    "full_name_2": "Седова Анна Павловна",
    "username_2": "sedova",
}


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def told(client: Client) -> Any:
    return client.post("/setup/", {"code": first_run.code()})


def up_to_people(client: Client, act: str = ACT) -> None:
    assert told(client).status_code == 303
    assert sent(client, "/setup/place/", **PLACE).status_code == 303
    assert sent(client, "/setup/act/", act=act).status_code == 303
    assert sent(client, "/setup/hours/").status_code == 303


def test_a_village_with_three_people_is_set_up(client: Client, data: Path) -> None:
    assert client.get("/").status_code == 302
    assert client.get("/sign-in/")["Location"] == "/setup/"
    up_to_people(client)
    assert not Organisation.objects.exists(), "nothing is written before the last step"
    answer = sent(client, "/setup/people/", **PEOPLE)
    assert answer.status_code == 200, text(answer)
    organisation = Organisation.objects.get()
    assert (organisation.short_name, organisation.act, organisation.schedule) == (PLACE["short_name"], ACT, None)
    assert Unit.objects.get().name == PLACE["short_name"]
    first, second, third = (Person.objects.get(username=name) for name in ("petrova", "sidorov", "sedova"))
    assert first.check_password(PASSWORD)
    for person in (second, third):
        password = answer.content.decode().partition(f"{person.username}</td>")[2].partition('class="password">')[2]
        assert person.check_password(password.partition("<")[0])
    assert set(access.administered(first)) == {organisation}
    assert OurRole.ADMINISTRATOR.value in set(first.role_holdings.values_list("role", flat=True))
    assert not list(data.glob("first-run-code*")), "the code has served"
    assert client.get("/").status_code == 200, "the first person is signed in"
    assert client.get("/messages/new/").status_code == 200
    assert PASSWORD not in str([(event.payload, event.text_digests) for event in Event.objects.all()])
    page = text(client.get(f"/admin/{organisation.pk}/"))
    assert "никто не исполняет" not in page


@pytest.mark.parametrize("act", ["altai-2020-132", "kalininsky", "lesozavodsk-2022-215", "ukhta-2021-960"])
def test_every_act_can_be_chosen(client: Client, act: str) -> None:
    up_to_people(client, act)
    assert sent(client, "/setup/people/", **PEOPLE).status_code == 200
    assert Organisation.objects.get().act == act


def test_one_person_may_do_everything(client: Client) -> None:
    up_to_people(client)
    alone = {name: value for name, value in PEOPLE.items() if not name.endswith(("_1", "_2"))}
    roles = [role.value for role in OurRole]
    used = [one for one in shown(client, "/setup/people/") if one.startswith("roles_")]
    assert used == ["roles_0", "roles_1", "roles_2"]
    refused = sent(client, "/setup/people/", **alone)
    assert refused.status_code == 422
    assert "Никто не исполняет" in text(refused)
    page = client.get("/setup/people/").content.decode()
    offered = [role for role in roles if f'name="roles_0" value="{role}"' in page]
    assert sent(client, "/setup/people/", **alone, roles_0=offered).status_code == 200
    assert set(Person.objects.get().role_holdings.values_list("role", flat=True)) == set(offered)


def test_missing_roles_may_be_given_later(client: Client) -> None:
    up_to_people(client)
    alone = {name: value for name, value in PEOPLE.items() if not name.endswith(("_1", "_2"))}
    assert sent(client, "/setup/people/", **alone, later="1").status_code == 200


def test_a_stranger_without_the_code_gets_nowhere(client: Client) -> None:
    first_run.code()
    for wrong in ("", "abcd-efgh", "x" * 500, "код"):
        answer = client.post("/setup/", {"code": wrong})
        assert answer.status_code == 422
        assert "Код не подходит" in text(answer)
    for step in ("place", "act", "hours", "people"):
        assert client.get(f"/setup/{step}/")["Location"] == "/setup/"
        assert client.post(f"/setup/{step}/", PLACE | PEOPLE)["Location"] == "/setup/"
    assert not Organisation.objects.exists()


def test_the_code_is_read_as_people_type_it(client: Client) -> None:
    typed = first_run.code().upper().replace("-", " ")
    assert client.post("/setup/", {"code": typed}).status_code == 303


def test_steps_are_taken_in_order(client: Client) -> None:
    told(client)
    assert client.get("/setup/people/")["Location"] == "/setup/place/"
    sent(client, "/setup/place/", **PLACE)
    assert client.get("/setup/people/")["Location"] == "/setup/act/"


def test_once_set_up_there_is_no_second_time(client: Client) -> None:
    up_to_people(client)
    other = Client()
    told(other)
    other.post("/setup/place/", PLACE)
    assert sent(client, "/setup/people/", **PEOPLE).status_code == 200
    stranger = Client()
    assert stranger.get("/setup/")["Location"] == "/sign-in/"
    for step in ("place", "act", "hours", "people"):
        assert other.get(f"/setup/{step}/")["Location"] == "/sign-in/"
    assert Organisation.objects.count() == 1


def test_an_installation_that_is_not_empty_is_never_offered(client: Client) -> None:
    code = first_run.code()
    make_organisation()
    assert client.post("/setup/", {"code": code})["Location"] == "/sign-in/"
    assert client.get("/sign-in/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name_0": ""}, "Впишите себя"),
        ({"username_0": ""}, "Придумайте имя для входа"),
        ({"username_0": "два слова"}, "не должно быть пробелов"),
        ({"username_1": "petrova"}, "повторяются"),
        ({"password": "1", "repeated": "1"}, "слишком слабый"),
        ({"repeated": "другой"}, "Пароли не совпадают"),
        ({"password": ""}, "Придумайте пароль"),
        ({"roles_0": ["curator"]}, "отметьте «администратор»"),
        ({"roles_1": ["царь"]}, "Выберите заново"),
        ({"full_name_1": ""}, "Впишите фамилию"),
    ],
)
def test_people_that_cannot_be(client: Client, data: Path, wrong: dict[str, Any], sentence: str) -> None:
    up_to_people(client)
    answer = sent(client, "/setup/people/", **(PEOPLE | wrong))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert PASSWORD not in answer.content.decode()
    assert not Organisation.objects.exists()
    assert (data / first_run.FILE_NAME).exists(), "the code still serves"


def test_hours_of_their_own(client: Client) -> None:
    told(client)
    sent(client, "/setup/place/", **PLACE)
    sent(client, "/setup/act/", act=ACT)
    for wrong, sentence in (({"zone": "Луна"}, "неизвестен"), ({"source": ""}, "Выберите, когда")):
        answer = sent(client, "/setup/hours/", **wrong)
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert sent(client, "/setup/hours/", source="own", mon_from="08:00", zone="Asia/Omsk").status_code == 303
    assert sent(client, "/setup/people/", **PEOPLE).status_code == 200
    organisation = Organisation.objects.get()
    assert organisation.zone == "Asia/Omsk"
    assert organisation.schedule is not None
    assert organisation.schedule["week"]["mon"][0].startswith("08:00-")


def test_the_code_lies_where_only_the_owner_reads_it(data: Path) -> None:
    code = first_run.code()
    assert first_run.code() == code
    assert (data / first_run.FILE_NAME).stat().st_mode & 0o777 == 0o600
