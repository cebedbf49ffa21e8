"""`otklik import` as it is typed: exit codes, and a sentence for everything that can be wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from otklik.cli.main import main
from otklik.messages.models import ImportRun, Message
from otklik.orgs.models import Organisation
from tests.cast import make_cast, make_person

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def town(organisation_factory: Callable[..., Organisation]) -> Organisation:
    return organisation_factory(act="altai-2020-132", key="town")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text('Текст,"Тема, группа",Сеть\nЯма,дороги,ВКонтакте\n,,\n', "utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def do(*arguments: object) -> tuple[int, str, str]:
        status = main(["import", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return do


@pytest.mark.usefixtures("town")
def test_by_a_mapping(run: Run, file: Path) -> None:
    assert run(file, "--map", 'text=Текст,"topic=Тема, группа"', "--map", "network=Сеть") == (
        0,
        "Загружено (свои столбцы). Строк: 1, новых сообщений: 1, уже были: 0, не прочитано: 0.\n",
        "",
    )
    message = Message.objects.get()
    assert (message.text, message.topic, message.network) == ("Яма", "дороги", "vk")
    status, out, _ = run(file, "--map", 'text=Текст,"topic=Тема, группа",network=Сеть')
    assert status == 0
    assert "Ничего не изменено" in out


@pytest.mark.usefixtures("town")
def test_a_bad_row_is_told_with_its_number(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Текст;Дата\nЯма;вчера\nФонарь;27.11.2025\n", "utf-8")
    status, out, err = run(path, "--map", "text=Текст,posted_at=Дата", "--network", "ok")
    assert status == 1
    assert err == "строка 2: дата «вчера» не понята, нужна дд.мм.гггг чч:мм\n"
    assert "новых сообщений: 1" in out
    assert Message.objects.get().network == "ok"


@pytest.mark.usefixtures("town")
def test_a_dry_run_writes_nothing(run: Run, file: Path) -> None:
    status, out, _ = run(file, "--map", "text=Текст", "--dry-run")
    assert status == 0
    assert out.startswith("Проверено, ничего не записано")
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Назовите столбцы сами: --map text=СТОЛБЕЦ. Столбцы файла: «Текст», «Тема, группа», «Сеть»."),
        (("--profile", "медиа"), "Профиля «медиа» нет. Есть: brand-analytics, incident-management, medialogia."),
        (("--profile", "brand-analytics"), "нет столбцов «Дата», «Hash сообщения»"),
        (("--map", "text=Слова"), "Столбца «Слова» в файле нет."),
        (("--map", "words=Текст"), "Поле «words» неизвестно. Есть поля: text, title"),
        (("--map", "Текст"), "Не понято: --map Текст."),
        (("--map", "topic=Сеть"), "Не сказано, в каком столбце текст."),
        (("--map", "text=Текст,text=Сеть"), "Поле «text» названо дважды."),
        (("--map", "text=Текст", "--network", "myspace"), "Сети «myspace» нет. Есть: social, vk"),
        (("--map", "text=Текст", "--by", "nobody"), "Имени для входа «nobody» нет."),
        (("--organisation", "city"), "Организации «city» нет. Есть: town."),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_comes_in(
    run: Run, file: Path, options: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(file, *options)
    assert (status, out) == (2, "")
    assert sentence in err
    assert not ImportRun.objects.exists()


@pytest.mark.usefixtures("town")
def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv") == (2, "", f"Файла {tmp_path / 'none.csv'} нет. Проверьте имя и папку.\n")


def test_of_several_organisations_one_must_be_named(
    run: Run, town: Organisation, file: Path, organisation_factory: Callable[..., Organisation]
) -> None:
    organisation_factory(act="altai-2020-132", key="village")
    status, _, err = run(file, "--map", "text=Текст")
    assert status == 2
    assert err == "Организаций несколько. Укажите одну: --organisation. Есть: town, village.\n"
    assert run(file, "--map", "text=Текст", "--organisation", "town")[0] == 0
    assert Message.objects.get().organisation == town


def test_who_brings_it_in_must_work_there(run: Run, file: Path) -> None:
    cast = make_cast(act="altai-2020-132", key="town")
    make_person(cast.elsewhere, "stranger")
    options = (file, "--map", "text=Текст", "--organisation", "town", "--by")
    status, _, err = run(*options, "stranger")
    assert status == 2
    assert "«stranger» не работает в организации «town»" in err
    assert run(*options, "OPERATOR")[0] == 0
    assert ImportRun.objects.get().started_by == cast.operator
