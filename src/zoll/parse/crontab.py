"""Crontabs: schedule, user and command of each line."""

import re
from collections.abc import Iterator

from msgspec import Struct

FIELD = r"[0-9A-Za-z*/,~#?L-]{1,60}"
JOB = re.compile(rf"[ \t]*+(@\w{{3,12}}|{FIELD}(?:[ \t]++{FIELD}){{4}})[ \t]++(.+)\Z")
USER = re.compile(r"([a-z_][a-z0-9_-]{0,31}\$?)[ \t]++(\S.*)\Z")


class Job(Struct, frozen=True):
    """One line. `user` is empty in a crontab of one user."""

    schedule: str
    user: str
    command: str
    line: int


def jobs(text: str, *, users: bool) -> Iterator[Job]:
    """Yield the jobs; `users`: the sixth field names a user, as in /etc/crontab and /etc/cron.d.

    >>> list(jobs("*/5 * * * * root /bin/x -y", users=True))
    [Job(schedule='*/5 * * * *', user='root', command='/bin/x -y', line=1)]
    """
    for number, line in enumerate(text.split("\n"), 1):
        found = JOB.match(line.rstrip()) if line.strip()[:1] not in ("#", "") else None
        if not found:
            continue
        schedule = " ".join(found[1].split())
        named = USER.match(found[2]) if users else None
        yield Job(schedule, named[1] if named else "", named[2] if named else found[2], number)
