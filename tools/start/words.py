"""What the launcher says. A code and its facts become a sentence: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("ru", "en")


class Trouble(Exception):
    """Something the reader can mend. ``code`` names a sentence in ``TROUBLES``, ``facts`` fill it in."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def language_of(environ: Mapping[str, str]) -> str:
    """``en`` where the locale names English, else ``ru``: Otklik's readers are Russian offices."""
    named = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG", "")
    return "en" if named.lower().startswith("en") else "ru"


def say(code: str, language: str, **facts: object) -> str:
    """The sentence for ``code`` in ``language``; KeyError for an unknown code, so that a test finds it."""
    russian, english = (TROUBLES | NOTES)[code]
    return (english if language == "en" else russian).format(**facts)


TROUBLES: dict[str, tuple[str, str]] = {
    "port_used": (
        "Порт {port} уже занят другой программой.\n"
        "Что сделать: запустите на другом порту, например ./run --port {other}, или остановите ту программу.",
        "Port {port} is already taken by another program.\n"
        "What to do: use another port, for instance ./run --port {other}, or stop that program.",
    ),
    "port_ours": (
        "На порту {port} уже работает Отклик: http://{host}:{port}\n"
        "Что сделать: откройте этот адрес, или остановите тот запуск (Ctrl-C в его окне), "
        "или запустите второй: OTKLIK_DATA=другая-папка ./run --port {other}.",
        "Otklik already runs on port {port}: http://{host}:{port}\n"
        "What to do: open that address, or stop that start (Ctrl-C in its window), "
        "or start a second one: OTKLIK_DATA=another-folder ./run --port {other}.",
    ),
    "port_forbidden": (
        "Порт {port} этому пользователю не разрешён (обычно это порты ниже 1024).\n"
        "Что сделать: запустите на порту выше 1024, например ./run --port {other}.",
        "This user may not open port {port} (usually ports below 1024).\n"
        "What to do: use a port above 1024, for instance ./run --port {other}.",
    ),
    "folder_readonly": (
        "В папку {path} нельзя записывать ({reason}).\n"
        "Что сделать: скопируйте проект туда, где у вас есть право записи, или укажите другие папки: "
        "UV_PROJECT_ENVIRONMENT=~/otklik/venv OTKLIK_DATA=~/otklik/data ./run",
        "Folder {path} cannot be written to ({reason}).\n"
        "What to do: copy the project to where you may write, or name other folders: "
        "UV_PROJECT_ENVIRONMENT=~/otklik/venv OTKLIK_DATA=~/otklik/data ./run",
    ),
    "disk_full": (
        "На диске кончилось место ({path}).\n"
        "Что сделать: освободите около 500 МБ и запустите снова; начатое продолжится.",
        "The disk is full ({path}).\nWhat to do: free about 500 MB and start again; what was begun goes on.",
    ),
    "no_index": (
        "Каталог пакетов {url} недоступен{via_ru}: {reason}.\n"
        "Что сделать: проверьте сеть; за прокси задайте HTTPS_PROXY=http://прокси:порт; своё зеркало задаётся "
        "UV_DEFAULT_INDEX=https://зеркало/simple; в закрытой сети возьмите папку, сделанную «./run bundle ПАПКА» "
        "на машине с сетью, и запустите ./run --offline ПАПКА.",
        "The package index {url} cannot be reached{via_en}: {reason}.\n"
        "What to do: check the network; behind a proxy set HTTPS_PROXY=http://proxy:port; your own mirror is named by "
        "UV_DEFAULT_INDEX=https://mirror/simple; in a closed network take a folder made by `./run bundle DIR` "
        "on a machine with a network and start ./run --offline DIR.",
    ),
    "index_refuses": (
        "Каталог пакетов {url} требует входа (ответ {status}).\n"
        "Что сделать: впишите имя и пароль в адрес (https://имя:пароль@…) или в файл ~/.netrc.",
        "The package index {url} wants a sign-in (answer {status}).\n"
        "What to do: put name and password into its address (https://name:password@…) or into ~/.netrc.",
    ),
    "proxy_refuses": (
        "Прокси требует входа (ответ 407).\nЧто сделать: задайте HTTPS_PROXY=http://имя:пароль@прокси:порт.",
        "The proxy wants a sign-in (answer 407).\nWhat to do: set HTTPS_PROXY=http://name:password@proxy:port.",
    ),
    "tls": (
        "Сертификат узла {url} подписан тем, кому эта машина не доверяет. Так бывает, когда прокси организации "
        "просматривает шифрованный трафик.\n"
        "Что сделать: возьмите у администратора сети корневой сертификат (файл .pem или .crt) и запустите "
        "SSL_CERT_FILE=/путь/к/сертификату.pem ./run, или установите его в систему (Debian: положите в "
        "/usr/local/share/ca-certificates/ и выполните update-ca-certificates).",
        "The certificate of {url} is signed by someone this machine does not trust. So it is when an office's proxy "
        "inspects encrypted traffic.\n"
        "What to do: ask the network's administrator for the root certificate (a .pem or .crt file) and start "
        "SSL_CERT_FILE=/path/to/certificate.pem ./run, or install it (Debian: put it into "
        "/usr/local/share/ca-certificates/ and run update-ca-certificates).",
    ),
    "no_certificates": (
        "На этой машине нет корневых сертификатов, проверить узел {url} нечем.\n"
        "Что сделать: установите их (Debian: apt install ca-certificates) или укажите файл: "
        "SSL_CERT_FILE=/путь/к/сертификатам.pem ./run",
        "This machine has no root certificates, so {url} cannot be verified.\n"
        "What to do: install them (Debian: apt install ca-certificates) or name a file: "
        "SSL_CERT_FILE=/path/to/certificates.pem ./run",
    ),
    "certificate_file": (
        "Файл сертификатов {path} (переменная {name}) не читается: {reason}.\n"
        "Что сделать: исправьте путь или уберите переменную.",
        "Certificate file {path} (variable {name}) cannot be read: {reason}.\n"
        "What to do: correct the path or unset the variable.",
    ),
    "wrong_sha": (
        "Файл {file} не тот, что записан в uv.lock: sha256 {got} вместо {expected}. Он отброшен.\n"
        "Что сделать: запустите ещё раз; если повторится, источник {source} отдаёт подменённый или "
        "повреждённый файл: сообщите тому, кто его ведёт.",
        "File {file} is not the one that uv.lock names: sha256 {got} instead of {expected}. It was thrown away.\n"
        "What to do: start again; if it comes again, {source} serves a changed or damaged file: tell whoever keeps it.",
    ),
    "damaged": (
        "Источник {url} отдал повреждённый файл ({file}).\n"
        "Что сделать: запустите ещё раз; если повторится, сообщите тому, кто ведёт этот источник или прокси на пути.",
        "{url} served a damaged file ({file}).\n"
        "What to do: start again; if it comes again, tell whoever keeps that index or the proxy on the way.",
    ),
    "not_in_index": (
        "В каталоге пакетов {url} нет нужного файла: {what}.\n"
        "Что сделать: попросите ведущего зеркало пополнить его, или задайте другое: "
        "UV_DEFAULT_INDEX=https://pypi.org/simple ./run",
        "The package index {url} lacks a file that is needed: {what}.\n"
        "What to do: ask whoever keeps the mirror to fill it, or name another: "
        "UV_DEFAULT_INDEX=https://pypi.org/simple ./run",
    ),
    "no_wheel": (
        "Для этой машины ({machine}, Python {python}) нет готовой сборки пакета {package}.\n"
        "Что сделать: запустите на Linux x86_64 или aarch64 с glibc (Debian, Astra, ALT, РЕД ОС) и Python 3.11–3.13.",
        "There is no built package of {package} for this machine ({machine}, Python {python}).\n"
        "What to do: use Linux x86_64 or aarch64 with glibc (Debian and the like) and Python 3.11–3.13.",
    ),
    "no_platform": (
        "Отклик запускается на Linux и macOS; здесь {machine}.\n"
        "Что сделать: в Windows откройте WSL (wsl --install) и запустите ./run в нём.",
        "Otklik starts on Linux and macOS; this is {machine}.\n"
        "What to do: on Windows open WSL (wsl --install) and start ./run there.",
    ),
    "bundle_missing": (
        "В папке {path} нет файла bundle.json: это не папка для запуска без сети.\n"
        "Что сделать: на машине с сетью выполните «./run bundle ПАПКА» и перенесите её сюда целиком.",
        "Folder {path} has no bundle.json: it is not a folder for a start without network.\n"
        "What to do: on a machine with a network run `./run bundle DIR` and bring the whole folder here.",
    ),
    "bundle_other": (
        "Папка {path} сделана для другого: {there}; здесь {here}.\n"
        "Что сделать: на машине с сетью, с той же версией Отклика, той же системой и тем же Python, "
        "выполните «./run bundle ПАПКА».",
        "Folder {path} was made for something else: {there}; here it is {here}.\n"
        "What to do: on a machine with a network and the same Otklik, system and Python run `./run bundle DIR`.",
    ),
    "bundle_without_dev": (
        "В папке {path} нет пакетов для проверок.\nЧто сделать: сделайте её с ними: ./run bundle --dev ПАПКА",
        "Folder {path} lacks the packages for tests.\nWhat to do: make it with them: ./run bundle --dev DIR",
    ),
    "bundle_incomplete": (
        "В папке {path} не хватает: {what}.\nЧто сделать: перенесите папку целиком или сделайте её заново.",
        "Folder {path} lacks: {what}.\nWhat to do: bring the whole folder or make it anew.",
    ),
    "bundle_damaged": (
        "Файл {file} в папке {path} повреждён: его sha256 не тот.\n"
        "Что сделать: перенесите папку ещё раз или сделайте её заново.",
        "File {file} in folder {path} is damaged: its sha256 differs.\n"
        "What to do: bring the folder once more or make it anew.",
    ),
    "project_incomplete": (
        "В папке {root} нет файла {file}: копия проекта неполна.\nЧто сделать: возьмите проект целиком.",
        "Folder {root} has no {file}: this copy of the project is incomplete.\nWhat to do: take the whole project.",
    ),
    "uv_failed": (
        "Не удалось поставить библиотеки. Последние слова uv:\n{tail}\n"
        "Что сделать: если причина неясна, удалите папку {env} и запустите снова.",
        "The libraries could not be installed. The last words of uv:\n{tail}\n"
        "What to do: if the reason is unclear, delete folder {env} and start again.",
    ),
    "system": (
        "Система отказала: {reason} ({path}).\nЧто сделать: проверьте этот файл или папку и запустите снова.",
        "The system refused: {reason} ({path}).\nWhat to do: look at that file or folder and start again.",
    ),
    "data_in_use": (
        "Папка данных {path} сейчас используется запущенным Откликом.\n"
        "Что сделать: остановите его (Ctrl-C в его окне) и повторите.",
        "Data folder {path} is in use by a running Otklik.\nWhat to do: stop it (Ctrl-C in its window) and try again.",
    ),
    "reset_foreign": (
        "Папка {path} не похожа на данные Отклика, и ./run reset её не тронет: в ней нет {file}.\n"
        "Что сделать: проверьте переменную OTKLIK_DATA.",
        "Folder {path} does not look like Otklik's data, so ./run reset leaves it alone: it has no {file}.\n"
        "What to do: check the variable OTKLIK_DATA.",
    ),
    "reset_unasked": (
        "Удаление надо подтвердить, а спросить некого: ввод закрыт.\nЧто сделать: ./run reset --yes",
        "Deleting wants a confirmation and there is nobody to ask: input is closed.\nWhat to do: ./run reset --yes",
    ),
    "postgres_unreachable": (
        "Сервер PostgreSQL {where} не отвечает: {reason}.\n"
        "Что сделать: запустите его или уберите OTKLIK_DATABASE_URL и PGHOST: тогда ./run поднимет свой.",
        "The PostgreSQL server {where} does not answer: {reason}.\n"
        "What to do: start it, or unset OTKLIK_DATABASE_URL and PGHOST: then ./run brings its own.",
    ),
    "postgres_failed": (
        "Свой сервер PostgreSQL не запустился. Его последние слова:\n{tail}\n"
        "Что сделать: укажите готовый: OTKLIK_DATABASE_URL=postgresql://имя:пароль@узел/база ./run test --postgresql",
        "The PostgreSQL server that comes along did not start. Its last words:\n{tail}\n"
        "What to do: name one: OTKLIK_DATABASE_URL=postgresql://name:password@host/base ./run test --postgresql",
    ),
    "unknown_command": (
        "Команды «{what}» нет.\nЧто сделать: ./run help покажет все команды.",
        "There is no command `{what}`.\nWhat to do: ./run help shows all commands.",
    ),
    "port_bad": (
        "Порт «{what}» не подходит: нужно число от 1 до 65535.\nЧто сделать: например, ./run --port 8001.",
        "Port `{what}` will not do: it must be a number from 1 to 65535.\nWhat to do: for instance ./run --port 8001.",
    ),
    "usage": (
        "Непонятные аргументы ({what}).\nЧто сделать: ./run help покажет все команды.",
        "The arguments are not understood ({what}).\nWhat to do: ./run help shows all commands.",
    ),
}

NOTES: dict[str, tuple[str, str]] = {
    "fetching_uv": ("Беру uv {version} (установщик пакетов)…", "Fetching uv {version} (the package installer)…"),
    "syncing": ("Ставлю библиотеки…", "Installing libraries…"),
    "synced": ("Библиотеки готовы за {seconds} с.", "Libraries are ready in {seconds} s."),
    "waiting_lock": (
        "Другой запуск уже готовит библиотеки, жду его…",
        "Another start is preparing the libraries, waiting for it…",
    ),
    "bundling": ("Собираю {count} файлов в {path}…", "Collecting {count} files into {path}…"),
    "bundled": (
        "Готово: {path}, {size} МБ, для {here}.\n"
        "Перенесите папку вместе с проектом и запустите: ./run --offline {path}",
        "Done: {path}, {size} MB, for {here}.\n"
        "Take the folder along with the project and start: ./run --offline {path}",
    ),
    "no_chromium": (
        "Chromium не найден: проверки в браузере будут пропущены. Чтобы выполнить и их: apt install chromium.",
        "No Chromium found: the browser tests will be skipped. To run them as well: apt install chromium.",
    ),
    "postgres_own": ("PostgreSQL {version}: свой, на время проверок.", "PostgreSQL {version}: our own, for this run."),
    "postgres_given": ("PostgreSQL: {where}", "PostgreSQL: {where}"),
    "reset_question": (
        "Будут удалены все данные в {path}: база, файлы, ключи. Библиотеки останутся.\nУдалить? Напишите «да»: ",
        'All data in {path} will be deleted: database, files, keys. The libraries stay.\nDelete? Type "yes": ',
    ),
    "reset_done": (
        "Удалено: {path}. Следующий ./run начнёт с новых демонстрационных данных.",
        "Deleted: {path}. The next ./run begins with fresh demo data.",
    ),
    "reset_nothing": ("Удалять нечего: {path} нет.", "Nothing to delete: there is no {path}."),
    "reset_kept": ("Ничего не удалено.", "Nothing was deleted."),
    "interrupted": ("Прервано.", "Interrupted."),
    "check_ok": ("{name}: порядок", "{name}: fine"),
    "check_bad": ("{name}: есть замечания", "{name}: has findings"),
}

HELP: dict[str, str] = {
    "ru": """\
Отклик: запуск и проверки. Нужен только python3 (3.11 или новее).

  ./run                      поставить всё нужное и запустить с демонстрационными данными
      --port N               порт (8000)
      --offline ПАПКА        ставить из папки, сделанной «./run bundle», без сети
  ./run test [ключи pytest]  поставить всё нужное и выполнить проверки на SQLite
      --postgresql           то же на PostgreSQL: сервер из OTKLIK_DATABASE_URL или PGHOST, иначе свой
                             (--postgresql-version 16 или 18)
  ./run check                стиль, типы и направление импортов
  ./run bundle ПАПКА         собрать папку для --offline: для такой же системы и такого же Python
      --dev                  вместе с пакетами для проверок
  ./run reset [--yes]        удалить демонстрационные данные
  ./run otklik КОМАНДА …     команда программы, например ./run otklik deadlines --help
  ./run help                 эта справка (--lang en: по-английски)

Папки: библиотеки в .venv (UV_PROJECT_ENVIRONMENT), данные в var (OTKLIK_DATA). Подробности: docs/install.md
""",
    "en": """\
Otklik: start and checks. Needs python3 alone (3.11 or newer).

  ./run                      set everything up and start with demo data
      --port N               port (8000)
      --offline DIR          install from a folder made by `./run bundle`, without network
  ./run test [pytest args]   set everything up and pass the tests on SQLite
      --postgresql           the same on PostgreSQL: the server of OTKLIK_DATABASE_URL or PGHOST, else our own
                             (--postgresql-version 16 or 18)
  ./run check                style, types and direction of imports
  ./run bundle DIR           make the folder for --offline: for the same system and the same Python
      --dev                  with the packages for tests
  ./run reset [--yes]        delete the demo data
  ./run otklik COMMAND …     a command of the program, for instance ./run otklik deadlines --help
  ./run help                 this text (--lang ru: in Russian)

Folders: libraries in .venv (UV_PROJECT_ENVIRONMENT), data in var (OTKLIK_DATA). More: docs/install.md
""",
}
