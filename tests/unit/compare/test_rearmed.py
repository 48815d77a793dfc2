"""A case that went over to an arm that lets in is told; one that only got an arm of its own is not."""

import pytest

from zoll.compare.rearmed import rearmed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

VERDICTS = """int verdict(struct o *o, int r)
{
	switch (r) {
	%s
		return PAM_SUCCESS;
	%s
		log_it(o, r);
		return PAM_AUTH_ERR;
	default:
		return PAM_SERVICE_ERR;
	}
}
"""
RIGHTS = """long ctl(struct file *f, unsigned cmd)
{
	switch (cmd) {
	%s
		break;
	%s
		if (!ns_capable(f->ns, CAP_NET_ADMIN))
			return -EPERM;
		break;
	}
	return run(f, cmd);
}
"""


def told(form, old, new):
    sides = []
    for cases in (old, new):
        opened = open_code((form % cases).encode(), "c")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    return [(weak.old, weak.new) for _, weak, _, _ in rearmed(View(aligned(*sides), language="c"))]


@pytest.mark.parametrize(
    ("form", "old", "new", "found"),
    [
        (
            VERDICTS,
            ("case OK:", "case REPLAY:\n\tcase BAD:"),
            ("case OK:\n\tcase REPLAY:", "case BAD:"),
            [("REPLAY: PAM_AUTH_ERR", "OK")],
        ),
        (VERDICTS, ("case OK:\n\tcase REPLAY:", "case BAD:"), ("case OK:", "case REPLAY:\n\tcase BAD:"), []),
        (VERDICTS, ("case OK:", "case BAD:"), ("case OK:\n\tcase GOOD:", "case BAD:"), []),
        (
            RIGHTS,
            ("case GET:", "case SET:\n\tcase RESET:"),
            ("case GET:\n\tcase RESET:", "case SET:"),
            [("RESET: ns_capable", "GET")],
        ),
        (RIGHTS, ("case GET:", "case SET:"), ("case GET:\n\tcase VERSION:", "case SET:"), []),
    ],
)
def test_a_case_in_another_arm(form, old, new, found):
    assert told(form, old, new) == found
