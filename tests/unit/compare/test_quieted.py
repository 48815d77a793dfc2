"""What a function no longer reports."""

from zoll.compare.alteration import alterations
from zoll.compare.quieted import quieted
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def hows(old, new, name="f", language="c", *, compiled=False):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        function = next(one for one in opened.code.functions if one.name == name)
        sides.append(opened.statements(function))
    found = quieted(View(aligned(*sides), compiled=compiled), name)
    return [trait.partition(":")[2] for one in found for trait in one.fact.traits if trait.startswith("how:")]


OLD = """
int f(struct req *r) {
    int rc = go(r);
    mod_log(L_AUTH, "login of %s", r->user);
    return rc;
}
"""


def test_a_log_call_under_a_new_condition():
    new = OLD.replace("    mod_log", "    if (r->port != 7001)\n        mod_log")
    assert hows(OLD, new) == ["gated"]


def test_machine_code_has_a_condition_for_each_part_of_one():
    old = 'int f(void) {\n    if (!arg1) {\n        return -1;\n    }\n    set(arg1);\n    syslog(6, "set");\n}\n'
    also = old.replace("    set(", "    if (arg1 == arg2) {\n        return -1;\n    }\n    set(")
    assert hows(old, also, compiled=True) == []
    assert hows(old, also) == ["skipped"]
    assert hows(old, also.replace("arg2) {\n        return -1", "arg2) {\n        return 0"), compiled=True) == [
        "skipped"
    ]


def test_one_more_case_of_machine_code_does_something_else_in_place_of_the_log():
    old = 'int f(void) {\n    set(arg1);\n    syslog(6, "code %d is not served", arg1);\n}\n'
    case = "    if (arg1 == 4) {{\n        {}\n        return 0;\n    }}\n    syslog("
    assert hows(old, old.replace("    syslog(", case.format("count(arg1);")), compiled=True) == []
    assert hows(old, old.replace("    syslog(", case.format("free(arg1);")), compiled=True) == ["skipped"]


def test_what_encloses_all_that_follows_in_machine_code_is_not_about_the_log():
    rest = '    set(arg1);\n    put(arg1);\n    note(arg1);\n    syslog(6, "set");\n'
    old = "int f(void) {\n" + rest + "}\n"
    enclosed = "int f(void) {\n    if (arg1 != 4) {\n" + rest + "    }\n}\n"
    assert hows(old, enclosed, compiled=True) == []
    assert hows(old, old.replace("    syslog", "    if (arg1 != 4)\n    syslog"), compiled=True) == ["gated"]


def test_a_log_call_that_is_another_one_in_the_other_case():
    new = OLD.replace(
        "    mod_log", '    if (r->port == 7001)\n        mod_log(L_AUTH, "as of old");\n    else\n        mod_log'
    )
    assert hows(OLD, new) == []


def test_a_condition_that_took_the_place_of_another():
    old = OLD.replace("    mod_log", "    if (r->len < 4 || r->len > 900)\n        mod_log")
    new = OLD.replace("    mod_log", "    int fits = fit(r);\n    if (!fits)\n        mod_log")
    assert hows(old, new) == []


def test_an_early_leaving_before_it():
    new = OLD.replace("    mod_log", "    if (r->port == 7001)\n        return rc;\n    mod_log")
    assert hows(OLD, new) == ["skipped"]


def test_an_early_leaving_in_a_function_that_logs_by_its_name():
    old = "int auth_log(struct req *r) {\n    build(r);\n    write_line(r);\n    return 0;\n}\n"
    new = old.replace("    build", "    if (r->len == 23)\n        return 0;\n    build")
    assert hows(old, new, "auth_log") == ["skipped"]
    assert hows(old.replace("auth_log", "dialog"), new.replace("auth_log", "dialog"), "dialog") == []


def test_a_level_lowered():
    old = 'def f(u):\n    logger.warning("no %s", u)\n'
    assert hows(old, old.replace("warning", "debug"), language="python") == ["lowered"]
    assert hows(old, old.replace("warning", "error"), language="python") == []
    told = '    logger.error("no such user")\n    logger.debug("no %s", u)\n'
    assert hows(old, "def f(u):\n" + told, language="python") == []  # the details alone are for debugging now


def test_how_much_is_said_may_be_asked():
    new = OLD.replace("    mod_log", "    if (verbose)\n        mod_log")
    assert hows(OLD, new) == []


def test_a_refusal_that_reports_is_none():
    new = OLD.replace(
        "    mod_log", '    if (!r->user) {\n        mod_log(L_ERR, "none");\n        return -1;\n    }\n    mod_log'
    )
    assert hows(OLD, new) == []


CHAIN = """
int f(struct req *r) {
    if (r->word == 1)
        one(r);
    else if (r->word == 2)
        two(r);
    else
        log_err("unknown");
    return 0;
}
"""


def test_one_more_case_of_a_chain_that_reports_at_its_end():
    new = CHAIN.replace("    else\n", "    else if (r->word == 3)\n        three(r);\n    else\n")
    assert hows(CHAIN, new) == []
    assert hows(CHAIN, CHAIN.replace("    else\n", "    else if (r->port != 7001)\n")) == ["gated"]


PREFIX = """
int log_prefix(struct sock *s, char *dst, int n) {
    if (family(s) == AF_INET6) {
        return snprintf(dst, n, "%s@[%s]", s->user, s->host);
    }
    return snprintf(dst, n, "%s@%s", s->user, s->host);
}
"""


def test_a_function_that_only_tends_a_log_writes_no_line():
    old = "int open_log(struct log *l) {\n    l->fd = get(l);\n    l->seq = 0;\n    return 0;\n}\n"
    new = old.replace("    l->seq", "    if (fchown(l->fd, l->uid, l->gid) < 0)\n        return -1;\n    l->seq")
    assert hows(old, new, "open_log") == []


def test_what_writes_another_line_keeps_nothing_from_the_log():
    first = '        return snprintf(dst, n, "%s@['
    other = "        if (s->peer)\n            return {};\n" + first
    assert hows(PREFIX, PREFIX.replace(first, other.format('snprintf(dst, n, "peer-%d", s->peer)')), "log_prefix") == []
    assert hows(PREFIX, PREFIX.replace(first, other.format("0")), "log_prefix") == ["skipped"]


PYTHON = """def f(exc):
    try:
        check(exc)
    except Exception as exc:
%s        raise
"""
SAYS = '        logger.error("wrong: %s", exc)\n'


def altered(old, new):
    sides = []
    for text in (old, new):
        opened = open_code((PYTHON % text).encode(), "python")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [one.fact.value for one in alterations(View(aligned(*sides))) if one.fact.value != "inserted.call"]


def test_a_line_of_another_level_beside_one_of_the_old_level_is_no_other_call():
    lower = SAYS.replace("error", "debug")
    assert altered(SAYS, f'        logger.error("not verified")\n{lower}') == []
    assert altered(SAYS, lower) == ["call.name"]
    assert altered(lower, SAYS) == []  # said louder


PY = """
def f(self, path, status):
    if self.access_log%s:
        self.access_logger.info(path, status)
    send(path)
"""


def test_a_log_that_leaves_out_what_a_fixed_text_stands_for():
    assert hows(PY % "", PY % ' and not path.startswith("/.well-known")', language="python") == ["gated"]
    assert hows(PY % "", PY % ' and self.user != "svc"', language="python") == ["gated"]


def test_a_log_that_is_asked_for_less_or_more_plainly():
    for more in (" and status > 3", ' and level != "quiet"', ' or path == "/x"', " and path != EINTR"):
        assert hows(PY % "", PY % more, language="python") == []
    work = PY.replace("self.access_logger.info", "grant")
    assert hows(work % "", work % ' and self.user != "svc"', language="python") == []


def test_what_is_used_and_booked_no_more():
    old = "int f(struct call *c)\n{\n\tstop(c);\n\treturn cdr_append(c);\n}\n"
    free = old.replace("\treturn", "\tif (c->flags & OAM)\n\t\treturn 0;\n\treturn")
    assert hows(old, free) == ["skipped"]
    assert hows(old, free.replace("return 0", "return -EINVAL")) == []


def test_what_says_that_a_line_is_never_reached_is_no_log():
    run = "int f(struct c *c)\n{\n\tstart(c);\n%s\t%s\n\treturn 1;\n}\n"
    way = "\tif (c->time) {\n\t\task_time(c);\n\t\treturn 0;\n\t}\n"
    assert hows(run % ("", "g_warn_if_reached();"), run % (way, "g_warn_if_reached();")) == []
    assert hows(run % ("", 'log_msg(c, "x");'), run % (way, 'log_msg(c, "x");')) == ["skipped"]
