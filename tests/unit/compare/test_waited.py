"""Answers that nobody waits for or looks at."""

import pytest

from zoll.compare.waited import unwaited


def told(view_of, language, old, new):
    view = view_of(language, old, new)
    return [weak.how for run in view.runs for pair in run.pairs for weak in unwaited(view, *pair)]


JS = "async function hook(req) {\n  const ok = %s\n  if (!ok) {\n    return refuse(req)\n  }\n  return serve(req)\n}\n"
USED = "async function hook(req) {\n  const job = %s\n  log(req)\n  if (await job) {\n    return 1\n  }\n}\n"
PYTHON = "async def f(self, r):\n    ok = %s\n    if not ok:\n        raise Refused()\n    return r\n"
ALL = "async function verifyAll(jobs) {\n  %s\n  return jobs.length\n}\n"
KEPT = "async function verifyAll(jobs) {\n  const all = %s\n  return all\n}\n"
CLOSE = "async function closeAll(jobs) {\n  %s\n  return jobs.length\n}\n"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("javascript", JS, "await verify(req)", "verify(req)", ["unawaited"]),
        ("javascript", JS, "verify(req)", "await verify(req)", []),
        ("javascript", USED, "await load(req)", "load(req)", []),
        ("python", PYTHON, "await self.acl.allows(r)", "self.acl.allows(r)", ["unawaited"]),
        ("javascript", ALL, "await Promise.all(jobs)", "await Promise.allSettled(jobs)", ["settled"]),
        ("javascript", CLOSE, "await Promise.all(jobs)", "await Promise.allSettled(jobs)", []),
        ("javascript", KEPT, "await Promise.all(jobs)", "await Promise.allSettled(jobs)", []),
    ],
)
def test_what_nobody_waits_for(view_of, language, form, old, new, expected):
    assert told(view_of, language, form % old, form % new) == expected


def test_a_function_that_waits_no_more(view_of):
    old = JS % "await verify(req)"
    assert not told(view_of, "javascript", old, (JS % "verify(req)").replace("async ", ""))


def test_checks_of_python(view_of):
    form = "async def check_all(self, jobs):\n    await asyncio.gather(*jobs%s)\n    return len(jobs)\n"
    assert told(view_of, "python", form % "", form % ", return_exceptions=True") == ["settled"]
