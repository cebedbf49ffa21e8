"""The desk under a long history: `python benchmarks/desk.py [--incidents N] [--postgresql URL] [--keep FOLDER]`.

Builds a town (`town.py`) of 100,000 incidents (3 in 100 open), ten messages and fifteen events to each, 200 bodies;
starts the web process; 20 people then work for a minute, each with a pause between two requests, a tenth of which save.
Printed are the median and the 95th percentile at the client beside the limits, the processor time of a request alone,
and the memory of the web process. Without a URL the database is SQLite in a scratch folder; with one, an empty
PostgreSQL. `--keep` builds into a folder, or uses what an earlier run built there.
"""

import argparse
import logging
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from otklik.orgs.models import Person

LIMITS = {"queue": 300, "filter": 300, "search": 300, "card": 200, "save": 150}
"""Milliseconds at the 95th percentile."""
MEMORY_MB = 400
PEOPLE, SECONDS, PAUSE = 20, 60, 5.0
"""The pause is the mean, in seconds: somebody at work looks at something twelve times a minute."""
ALONE = 20
"""Requests of each kind, one after another, for the processor time."""
SHARES = {"queue": 35, "filter": 15, "search": 15, "card": 25, "save": 10}
FILTERS = (
    "section=open&network=vk",
    "section=all&topic=%D0%94%D0%BE%D1%80%D0%BE%D0%B3%D0%B8%3A+%D1%80%D0%B5%D0%BC%D0%BE%D0%BD%D1%82",
    "section=open&state=review",
    "section=all&place=%D1%81%D0%B0%D0%B4%D0%BE%D0%B2%D0%BE%D0%B9",
    "section=open&term=late",
    "section=all&state=answered&since=2026-01-01",
    "section=mine&person=nobody",
)
SEARCHES = ("ямы", "снег скользко", "темно у школы", "лифт -снег", '"третий день"', "житель 512", "садовая 12", "128")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--postgresql", metavar="URL", default="")
    parser.add_argument("--keep", metavar="FOLDER", default="")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="otklik-desk-") as scratch:
        folder = Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "OTKLIK_DATA": str(folder),
            "OTKLIK_DATABASE_URL": options.postgresql or f"sqlite:///{folder}/desk.sqlite3",
            "DJANGO_SETTINGS_MODULE": "otklik.project.settings",
        }
        import django

        django.setup()
        logging.getLogger("httpx").setLevel(logging.WARNING)
        prepare(folder, options.incidents)
        return measure(options.seconds)


def prepare(folder: Path, incidents: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    if (folder / "built").exists():
        return
    sys.path.insert(0, str(Path(__file__).parent))
    from town import Size, build

    call_command("migrate", verbosity=0)
    size = Size(incidents=incidents, open=incidents * 3 // 100, messages=incidents * 10)
    started = time.perf_counter()
    build(size, timezone.now(), lambda words: print(f"  {words}", file=sys.stderr, flush=True))
    print(f"built in {time.perf_counter() - started:.0f} s")
    (folder / "built").touch()


def sessions() -> "list[tuple[Person, str]]":
    """The people, signed in: each with the key of a session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from otklik.orgs.models import Person
    from otklik.project.transactions import EVERYTHING, read

    found = []
    with read(EVERYTHING):
        for person in Person.objects.filter(username__startswith="person-").order_by("pk"):
            store = SessionStore()
            store[SESSION_KEY] = str(person.pk)
            store[BACKEND_SESSION_KEY] = "otklik.orgs.backends.PersonBackend"
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.create()
            found.append((person, str(store.session_key)))
    return found


class Worker(threading.Thread):
    """One person at work: looks, narrows, searches, opens, writes a note; never two things at once."""

    def __init__(
        self,
        number: int,
        port: int,
        cookie: str,
        until: float,
        *,
        clock: Callable[[], float] = time.perf_counter,
        http: Any = None,
    ) -> None:
        super().__init__(daemon=True)
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self._until, self._dice = until, random.Random(number)  # noqa: S311  # no secret
        self._clock, self._http = clock, http or httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        if http is None:
            self._http.cookies.set("otklik_session", cookie, domain="127.0.0.1")
        self._cards: list[str] = []

    def run(self) -> None:
        time.sleep(self._dice.random() * PAUSE)
        while time.perf_counter() < self._until:
            what = self._dice.choices(list(SHARES), weights=list(SHARES.values()))[0]
            getattr(self, f"_{what}")()
            time.sleep(self._dice.expovariate(1 / PAUSE))

    def _ask(self, what: str, address: str, data: dict[str, str] | None = None) -> str:
        started = self._clock()
        answer = self._http.get(address) if data is None else self._http.post(address, data=data)
        self.spent[what].append(1000 * (self._clock() - started))
        if answer.status_code not in {200, 303}:
            self.wrong.append(f"{what} {address}: {answer.status_code}")
        return answer.text

    def _queue(self) -> None:
        page = self._ask("queue", self._dice.choice(("/", "/", "/?section=open", "/?section=all", "/?section=late")))
        self._cards = re.findall(r'href="(/incidents/\d+/)"', page) or self._cards

    def _filter(self) -> None:
        self._ask("filter", f"/?{self._dice.choice(FILTERS)}")

    def _search(self) -> None:
        self._ask("search", str(httpx.URL("/", params={"q": self._dice.choice(SEARCHES)})))

    def _card(self) -> str:
        if not self._cards:
            self._queue()
        return self._ask("card", self._dice.choice(self._cards)) if self._cards else ""

    def _save(self) -> None:
        page = self._card()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        address = re.search(r'href="(/incidents/\d+/do/)add_note/"|action="(/incidents/\d+/do/)', page)
        if token and address:
            where = f"{address[1] or address[2]}add_note/"
            note = {"note": "Позвонила в управление", "command_id": ""}
            self._ask("save", where, {"csrfmiddlewaretoken": token[1], **note})


def measure(seconds: int) -> int:
    found, port = sessions(), free_port()
    command = [sys.executable, "-m", "otklik.cli.main", "web", "--port", str(port)]
    with subprocess.Popen(command) as server:  # noqa: S603  # our own command
        try:
            _wait(port)
            warm = Worker(0, port, found[0][1], 0)
            for what in LIMITS:
                getattr(warm, f"_{what}")()
            until = time.perf_counter() + seconds
            people = [Worker(number, port, cookie, until) for number, (_, cookie) in enumerate(found[:PEOPLE], 1)]
            for one in people:
                one.start()
            for one in people:
                one.join()
            memory = _memory(server.pid)
        finally:
            server.terminate()
    return report(people, memory, alone(found[0][1]))


class Alone:
    """The same requests, one after another in this process: what they cost is not a matter of who else is at work."""

    def __init__(self, cookie: str) -> None:
        from django.test import Client

        self._client = Client(HTTP_HOST="localhost", SERVER_NAME="localhost")
        self._client.cookies["otklik_session"] = cookie

    def get(self, address: str) -> httpx.Response:
        return self._answer(self._client.get(address))

    def post(self, address: str, data: dict[str, str]) -> httpx.Response:
        return self._answer(self._client.post(address, data))

    @staticmethod
    def _answer(answer: Any) -> httpx.Response:
        return httpx.Response(answer.status_code, content=answer.content)


def alone(cookie: str) -> dict[str, float]:
    """Kind of request → the 95th percentile of its processor time, milliseconds."""
    worker = Worker(1, 0, cookie, 0, clock=time.thread_time, http=Alone(cookie))
    for what in LIMITS:
        getattr(worker, f"_{what}")()
    worker.spent.clear()
    for what in LIMITS:
        for _ in range(ALONE):
            getattr(worker, f"_{what}")()
    return {what: percentile(spent) for what, spent in worker.spent.items()}


def percentile(spent: list[float]) -> float:
    return sorted(spent)[int(0.95 * (len(spent) - 1))]


def free_port() -> int:
    """A port that nobody listens at: two servers at one port would share its requests."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the web process did not start")


def _memory(pid: int) -> float:
    """Megabytes held by a process and its children, from /proc; 0 where there is none."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if str(pid) in {fields["Pid"].strip(), fields["PPid"].strip()}:
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def report(people: list[Worker], memory: float, cost: dict[str, float]) -> int:
    """Print what was measured; 0 if it keeps to the limits."""
    is_good = True
    for what, limit in LIMITS.items():
        spent = [one for person in people for one in person.spent[what]]
        if not spent:
            print(f"{what:8} nothing measured")
            is_good = False
            continue
        p95 = percentile(spent)
        is_good = is_good and p95 <= limit
        middle = statistics.median(spent)
        print(
            f"{what:7} {len(spent):5} requests: p50 {middle:5.0f} ms, p95 {p95:5.0f} ms, limit {limit} ms; "
            f"processor time alone, p95: {cost.get(what, 0):4.0f} ms"
        )
    print(f"memory of the web process {memory:.0f} MB, limit {MEMORY_MB} MB")
    wrong = [one for person in people for one in person.wrong]
    print("\n".join(wrong[:10]))
    return 0 if is_good and not wrong and memory <= MEMORY_MB else 1


if __name__ == "__main__":
    sys.exit(main())
