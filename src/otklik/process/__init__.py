"""The process of one incident: events, state, decisions and deadlines. Pure: no Django, no I/O, no wall clock.

- `facts.py`, `deadline.py`: what terms are computed from, and what comes out;
- `deadlines.py`: `deadlines(facts, act, schedules, now) -> [Deadline]`; `explained.py`: why, in sentences;
- `verdicts.py`, `duties.py`: what the journal must say of terms; duties that belong to no single message;
- `cases.py`, `checker/`: an act's cases run, and the act thought about;
- `events.py`, `commands.py`, `state.py`, `records.py`: the journal's vocabulary, what may be asked, and the fold;
- `decide.py`: `decide(state, command, actor, act, schedules, now)`, events or a refusal; `steps/`: one registry.
- `evolve.py`, `fold/`, `upcast.py`: the fold, kind by kind; older events brought up to date;
- `view.py`, `authority.py`, `agenda.py`: what an act makes of a state; who may; what is next;
- `addresses.py`: what may stand as a link;
- `available.py`: what an actor may do now, what waits for whom; `refusal_words.py`, `catalogue/`: all of it in words.
"""
