"""Random play: plausible and implausible commands by random people, and a driver who follows the agenda."""

import datetime as dt
from collections.abc import Callable, Iterable
from random import Random

from otklik.process import commands as c
from otklik.process.actor import SYSTEM, Actor
from otklik.process.agenda import Due, agenda
from otklik.process.available import available
from otklik.process.commands import CommandName as N
from otklik.process.refusal import Refusal
from otklik.process.rule import holds
from otklik.process.state import Attachment, Document, PublicationPlace, ReplyKind
from otklik.process.steps import RULES
from otklik.regulation.model.people import OurRole, Rank
from tests.process.decide.desk import CURATOR, HEAD, MINUTE, RESPONSIBLE, Desk, actor, for_

UNITS = ("roads", "parks", "water")
EXECUTORS = tuple(actor(f"executor-{unit}", OurRole.EXECUTOR, units=(unit,)) for unit in UNITS)
SPECIALISTS = tuple(actor(f"specialist-{unit}", OurRole.SPECIALIST, units=(unit,)) for unit in UNITS)
OPERATOR = actor("operator-1", OurRole.OPERATOR)
PUBLISHER = actor("publisher-1", OurRole.PUBLISHER)
SECOND = actor("curator-2", OurRole.CURATOR)
BOTH = actor("chief-1", OurRole.CURATOR, OurRole.EXECUTOR, units=("roads",), rank=Rank.UNIT_HEAD)
RECORDED = for_(EXECUTORS[0], "curator")
CHIEFS = tuple(actor(f"chief-{unit}", OurRole.SPECIALIST, units=(unit,)) for unit in UNITS)
PEOPLE = (CURATOR, SECOND, BOTH, *EXECUTORS, *SPECIALISTS, *CHIEFS, RESPONSIBLE, HEAD, OPERATOR, PUBLISHER)
PLAYERS = (*PEOPLE, RECORDED, SYSTEM)

Maker = Callable[[Random, Desk], c.Command]
NETWORKS = ("vk", "ok", "telegram", "forum", "site")


def _any(rng: Random, items: Iterable[str], other: str = "unknown") -> str:
    """Mostly one of these, sometimes a name that nobody knows."""
    known = list(items)
    return rng.choice(known) if known and rng.random() < 0.95 else other


def _kind(rng: Random, desk: Desk) -> ReplyKind:
    likely = [document.slot.reply for document in desk.state.documents if document.status.value not in _OVER]
    kinds: list[ReplyKind] = [*likely, *likely, ReplyKind.FINAL, *ReplyKind]
    return rng.choice(kinds)


_OVER = {"published", "dropped"}


def _document(desk: Desk, kind: ReplyKind) -> Document | None:
    return desk.view.document(kind)


def _version(rng: Random, desk: Desk, kind: ReplyKind) -> int:
    document = _document(desk, kind)
    return (document.version if document else 0) + (rng.random() < 0.05)


def _in_flight(rng: Random, desk: Desk) -> int:
    document = desk.state.in_flight
    return (document.submitted or 0 if document else 0) + (rng.random() < 0.05)


def _part(rng: Random, desk: Desk) -> int:
    return rng.choice([part.number for part in desk.state.parts] or [1])


def _files(rng: Random) -> tuple[Attachment, ...]:
    return (Attachment("sha256:1", rng.choice(["photo", "video", "act", "document"])),) if rng.random() < 0.7 else ()


def _states(rng: Random) -> frozenset[str]:
    return frozenset(rng.sample(["measures", "concrete_measures", "progress", "refutation"], rng.randrange(3)))


def _promises(rng: Random, desk: Desk) -> tuple[c.Promised, ...]:
    return tuple(c.Promised((desk.now + dt.timedelta(days=day)).date(), "сделать") for day in range(rng.randrange(2)))


def _parts(rng: Random) -> tuple[c.PartRequest, ...]:
    bodies = rng.sample(UNITS, rng.randrange(1, 4))
    return tuple(c.PartRequest(body, rng.choice([1, 1, 2]), "что сделано?") for body in bodies)


def _save(rng: Random, desk: Desk) -> c.Command:
    kind = _kind(rng, desk)
    why = "нет денег" if rng.random() < 0.7 else ""
    base = _version(rng, desk, kind)
    return c.SaveDraft("Ответ", kind, base, _states(rng), _files(rng), why, _promises(rng, desk))


def _submit(rng: Random, desk: Desk) -> c.Command:
    kind = _kind(rng, desk)
    return c.SubmitDraft(_version(rng, desk, kind), kind, approve=rng.random() < 0.2)


def _place(rng: Random) -> PublicationPlace:
    return rng.choice([PublicationPlace.AT_SOURCE] * 3 + [PublicationPlace.OWN_ACCOUNT])


def _request(rng: Random, desk: Desk) -> c.Command:
    return c.RequestPublication(_kind(rng, desk), _place(rng), "закрыты комментарии", "https://vk.com/id1")


def _confirm(rng: Random, desk: Desk) -> c.Command:
    url = "https://vk.com/1" if rng.random() < 0.9 else ""
    return c.ConfirmPublished(_kind(rng, desk), url, place=_place(rng), why_impossible="закрыто", author_link="id1")


def _select(rng: Random, desk: Desk) -> c.Command:
    policies = desk.act.policies
    return c.Select(
        kind=_any(rng, [kind.kind for kind in policies.message_kinds]),
        importance=_any(rng, [item.importance for item in policies.importance]),
        critical=rng.random() < 0.9,
        repeat_of="17" if rng.random() < 0.3 else None,
        new_facts=rng.random() < 0.5,
    )


def _link(rng: Random, _desk: Desk) -> c.Command:
    return c.LinkRepeat(
        "Мы отвечали", rng.choice(list(c.RepeatWay)), "https://vk.com/2" if rng.random() < 0.8 else None
    )


def _set_term(rng: Random, desk: Desk) -> c.Command:
    step = _any(rng, [step.step for step in desk.act.steps])
    due_at = desk.now + dt.timedelta(hours=rng.randrange(-2, 30)) if rng.random() < 0.5 else None
    return c.SetTerm(step, due_at, None if due_at else rng.randrange(1, 300), None, "так надо")


def _outcome(rng: Random, desk: Desk) -> c.Command:
    return c.Close(_any(rng, [item.outcome for item in desk.act.policies.outcomes] or ["answered", "author_silent"]))


def _tell(desk: Desk) -> c.Command:
    untold = [item.step for item in desk.state.extensions if not item.told]
    return c.TellAuthor(untold[0] if untold else "reply", "Срок продлён")


MAKERS: dict[N, Maker] = {
    N.DETECT: lambda rng, _d: c.Detect("vk:1", rng.choice(NETWORKS)),
    N.SELECT: _select,
    N.LEAVE_OUT: lambda _r, _d: c.LeaveOut("не вопрос"),
    N.EXCLUDE: lambda rng, d: c.Exclude(_any(rng, [item.ground for item in d.act.policies.exclusions])),
    N.PROCESS_EXCLUDED: lambda _r, _d: c.ProcessExcluded("яма заделана"),
    N.SEND_ELSEWHERE: lambda rng, d: c.SendElsewhere(
        _any(rng, [item.procedure for item in d.act.policies.other_procedures])
    ),
    N.BLOCK_AUTHOR: lambda _r, _d: c.BlockAuthor("спам"),
    N.SHORTEN: lambda _r, _d: c.Shorten("авария"),
    N.RAISE_IMPORTANCE: lambda rng, d: c.RaiseImportance(_any(rng, [i.importance for i in d.act.policies.importance])),
    N.JOIN_REPEAT: lambda rng, _d: c.JoinRepeat("17", rng.random() < 0.5),
    N.LINK_REPEAT: _link,
    N.RECEIVE: lambda _r, _d: c.Receive(),
    N.ROUTE: lambda rng, _d: c.Route(rng.choice(UNITS)),
    N.RETURN: lambda _r, _d: c.Return("не наше"),
    N.REQUEST_PARTS: lambda rng, _d: c.RequestParts(_parts(rng), rng.choice([None, *UNITS])),
    N.SUBMIT_PART: lambda rng, d: c.SubmitPart(_part(rng, d), "сделано", _files(rng)),
    N.RETURN_PART: lambda rng, d: c.ReturnPart(_part(rng, d), "не наше"),
    N.WITHDRAW_PART: lambda rng, d: c.WithdrawPart(_part(rng, d), "не нужно"),
    N.ASSIGN_CONSOLIDATOR: lambda rng, _d: c.AssignConsolidator(rng.choice(UNITS)),
    N.SAVE_DRAFT: _save,
    N.SUBMIT_DRAFT: _submit,
    N.GIVE_VISA: lambda rng, d: c.GiveVisa(_in_flight(rng, d)),
    N.REFUSE_VISA: lambda rng, d: c.RefuseVisa(_in_flight(rng, d), "не так"),
    N.APPROVE: lambda rng, d: c.Approve(_in_flight(rng, d)),
    N.SEND_BACK: lambda rng, d: c.SendBack(
        _in_flight(rng, d), (_any(rng, [g.ground for g in d.act.policies.review.grounds] or ["x"]),), "переписать"
    ),
    N.REWORK_JOINTLY: lambda rng, d: c.ReworkJointly("Вместе", _in_flight(rng, d), _states(rng), _files(rng)),
    N.REQUEST_PUBLICATION: _request,
    N.CONFIRM_PUBLISHED: _confirm,
    N.PUBLICATION_FAILED: lambda rng, d: c.PublicationFailed("500", _kind(rng, d), permanent=rng.random() < 0.5),
    N.PUBLICATION_UNKNOWN: lambda rng, d: c.PublicationUnknown("timeout", _kind(rng, d)),
    N.CORRECT: lambda _r, _d: c.Correct("ошибка в адресе"),
    N.WITHDRAW: lambda _r, _d: c.Withdraw("не тот ответ"),
    N.AUTHOR_ANSWERED: lambda rng, d: c.AuthorAnswered(f"vk:{d.state.events + 100}" if rng.random() < 0.9 else "vk:1"),
    N.AUTHOR_SILENT: lambda _r, _d: c.AuthorSilent(),
    N.KEEP_PROMISE: lambda rng, d: c.KeepPromise(rng.choice([p.number for p in d.state.promises] or [1])),
    N.RELEASE_PROMISE: lambda rng, d: c.ReleasePromise(rng.choice([p.number for p in d.state.promises] or [1]), "нет"),
    N.CLOSE: _outcome,
    N.REOPEN: lambda rng, _d: c.Reopen("новое", rng.random() < 0.5),
    N.CONFIRM_SIGNIFICANCE: lambda _r, _d: c.ConfirmSignificance(),
    N.CONFIRM_SURGE: lambda _r, _d: c.ConfirmSurge(),
    N.REPORT: lambda _r, _d: c.Report("доложено"),
    N.SET_TERM: _set_term,
    N.EXTEND: lambda rng, d: c.Extend(_any(rng, [s.step for s in d.act.steps]), "сложно", working_minutes=60),
    N.TELL_AUTHOR: lambda _r, d: _tell(d),
    N.WARN: lambda _r, d: c.Warn("reply", d.state.detected_at or d.now, "executor"),
    N.RECORD_VERDICT: lambda rng, d: c.RecordVerdict(
        "reply", d.state.detected_at or d.now, rng.choice(["met", "late", "met_late"]), d.now, "8", "v1"
    ),
    N.CORRECT_VERDICT: lambda rng, d: c.CorrectVerdict(
        "reply", d.state.detected_at or d.now, rng.choice(["met", "late"]), "ошибка часов"
    ),
    N.REDATE: lambda _r, d: c.Redate("reply", d.state.detected_at or d.now, d.now, d.now + MINUTE, "v2"),
    N.TAKE: lambda _r, _d: c.Take(),
    N.ASSIGN: lambda _r, _d: c.Assign("executor", "executor-roads"),
    N.HAND_OVER: lambda _r, _d: c.HandOver("executor", "executor-parks", "duty"),
    N.TAG: lambda _r, _d: c.Tag((("topic", "дороги"),)),
    N.ADD_NOTE: lambda _r, _d: c.AddNote("позвонить"),
    N.REMIND: lambda _r, _d: c.Remind(),
    N.LINK: lambda rng, _d: c.Link(str(rng.randrange(40, 80))),
    N.UNLINK: lambda _r, d: c.Unlink(d.state.links[0].incident if d.state.links else "42"),
}


def random_command(rng: Random, desk: Desk, who: Actor) -> c.Command:
    """Mostly something that this actor could do now, sometimes anything."""
    names = [item.command for item in available(desk.state, who, desk.act)]
    if not names or rng.random() < 0.1:
        return MAKERS[rng.choice(list(N))](rng, desk)
    name = rng.choices(names, [_weight(item) for item in names])[0]
    return MAKERS[name](rng, desk)


def _weight(name: N) -> float:
    """Endings and notes come rarely, or nothing would ever get far."""
    if name in _ENDINGS:
        return 0.03
    return 1.0 if RULES[name].is_progress else 0.1


_ENDINGS = frozenset({N.LEAVE_OUT, N.EXCLUDE, N.SEND_ELSEWHERE, N.CLOSE, N.RETURN, N.WITHDRAW, N.REOPEN})


def random_player(rng: Random, desk: Desk) -> Actor:
    """Mostly somebody who is waited for."""
    wanted = {name for due in agenda(desk.view) for name in due.roles}
    waited = [who for who in PLAYERS if any(holds(desk.view, who, name) for name in wanted)]
    return rng.choice(waited) if waited and rng.random() < 0.7 else rng.choice(PLAYERS)


# --- The driver ---


def drive(desk: Desk, steps: int = 60) -> None:
    """Do what the agenda asks, step by step, until nothing waits for anybody."""
    for _ in range(steps):
        due = next(iter(agenda(desk.view)), None)
        if due is None and not _publishing(desk):
            return
        if due is None:
            desk.do(c.ConfirmPublished(slot=_publishing(desk)[0].slot, url="https://vk.com/1"), SYSTEM)
            continue
        _carry_out(desk, due)
    raise AssertionError(f"the agenda does not come to an end: {desk.state.stage}, {agenda(desk.view)}")


def _publishing(desk: Desk) -> list[Document]:
    return [document for document in desk.state.documents if document.status.value == "publishing"]


def _carry_out(desk: Desk, due: Due) -> None:
    answers = []
    for command in _well_formed(desk, due):
        for who in (*PEOPLE, RECORDED):
            answer = desk.ask(command, who)
            if not isinstance(answer, Refusal):
                desk.do(command, who)
                return
            answers.append(answer)
    raise AssertionError(f"nobody can {due} at {desk.state.stage}: {answers[:3]} {answers[-1]}")


def _well_formed(desk: Desk, due: Due) -> list[c.Command]:
    """What a careful person would enter for this step."""
    reply = due.reply or ReplyKind.FINAL
    document = desk.view.document(reply)
    version = document.version if document else 0
    flying = desk.state.in_flight
    submitted = (flying.submitted or 0) if flying else 0
    states = frozenset({"concrete_measures"})
    photo = (Attachment("sha256:1", "photo"),)
    grounds = tuple(item.ground for item in desk.act.policies.review.grounds[:1])
    kinds = desk.act.policies.message_kinds
    outcome = next((item.outcome for item in desk.act.policies.outcomes), "answered")
    made: dict[N, list[c.Command]] = {
        N.SELECT: [*(c.Select(kind=kind.kind, critical=True) for kind in kinds), c.LeaveOut("вне порядка")],
        N.LEAVE_OUT: [c.LeaveOut("ушло куратору")],
        N.RECEIVE: [c.Receive()],
        N.ROUTE: [c.Route(unit) for unit in UNITS],
        N.LINK_REPEAT: [c.LinkRepeat("Мы отвечали", way, "https://vk.com/2") for way in c.RepeatWay],
        N.SUBMIT_PART: [c.SubmitPart(due.part or 0, "сделано")],
        N.SAVE_DRAFT: [c.SaveDraft("Ответ", reply, version, states, photo, "нет денег")],
        N.SUBMIT_DRAFT: [
            c.SubmitDraft(version, reply),
            c.SaveDraft("Ответ с фото", reply, version, states, photo, "нет денег"),
        ],
        N.GIVE_VISA: [c.GiveVisa(submitted)],
        N.APPROVE: [c.Approve(submitted)],
        N.SEND_BACK: [c.SendBack(submitted, grounds, "не размещается")],
        N.REQUEST_PUBLICATION: [
            c.RequestPublication(reply),
            c.SaveDraft("Ответ с фото", reply, version, states, photo, "нет денег"),
        ],
        N.CONFIRM_PUBLISHED: [c.ConfirmPublished(reply, "https://vk.com/1")],
        N.PROCESS_EXCLUDED: [c.ProcessExcluded("учтено")],
        N.REPORT: [c.Report("доложено")],
        N.TELL_AUTHOR: [_tell(desk)],
        N.KEEP_PROMISE: [c.KeepPromise(due.promise or 0)],
        N.CLOSE: [c.Close(outcome), c.Close("author_silent")],
    }
    return made[due.command]
