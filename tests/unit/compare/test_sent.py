"""Whose word counts: what is held against itself, or comes in with the request."""

import pytest

from zoll.compare.sent import sent, switched


def told(view_of, language, old, new):
    view = view_of(language, old, new)
    pairs = [weak for run in view.runs for pair in run.pairs for weak in sent(view, *pair)]
    fresh = [weak for index in range(len(view.runs)) for two in view.inserted(index) for weak in switched(view, two)]
    return [(weak.how, weak.old, weak.new) for weak in (*pairs, *fresh)]


OWNER = """def update(doc, g, request):
    body = request.get_json()
    if doc.owner_id != %s:
        abort(403)
    doc.save()
"""
ALSO = "function f(url, req, own) { if (url !== own.login(req)%s) { return url; } }"
JAVA = "class A { boolean may(User user, Record record) { return record.getTenant().equals(%s); } }"
PEER = """int f(struct peer *p, struct msg *m)
{
	const char *realm = origin_realm(m);
	if (strcmp(realm, %s) != 0)
		return -1;
	return 0;
}
"""
TOKEN = """async function f(req, token) {
  const head = jwt.decode(token, { complete: true });
  req.user = jwt.verify(token, key, { algorithms: [%s] });
}
"""
MEMBER = "async function register(body) {\n  return users.create({ name: body.name, role: %s });\n}\n"
SESSION = """def exchange(request):
    user = authenticate(request.json["name"], request.json["password"])
    if user is None:
        return None
    %s
    return issue(user)
"""
FORM = "def user_params\n  params.require(:user).permit(:name, :email%s)\nend\n"


UNTIL = (
    'def f(self, claims, now):\n    if claims["exp"] + self.leeway < %s:\n        raise Expired()\n    return claims\n'
)
IDENT = 'def ident(self, request, name):\n    return f"{name.lower()}:{%s}"\n'


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("python", OWNER, "g.user.id", 'body.get("owner", g.user.id)', ("sent", "g.user.id")),
        ("java", JAVA, "user.getTenant()", "record.getTenant()", ("itself", "user.getTenant()")),
        ("c", PEER, "p->conf->realm", "origin_realm(m)", ("itself", "p->conf->realm")),
        ("javascript", TOKEN, "'RS256'", "head.header.alg", ("handed", "'RS256'")),
        ("javascript", MEMBER, "'member'", "body.role || 'member'", ("handed", None)),
        ("python", SESSION, "pass", 'user = by_name(request.json.get("as")) or user', ("switched", None)),
        ("ruby", FORM, "", ", :role", ("assignable", "")),
        ("python", UNTIL, "now", 'claims.get("iat", now)', ("itself", "now")),
        ("python", IDENT, "request.remote_addr", "request.headers.get('X-Id', request.remote_addr)", ("handed", None)),
    ],
)
def test_the_callers_word(view_of, language, form, old, new, expected):
    found = told(view_of, language, form % old, form % new)
    assert [how for how, _, _ in found] == [expected[0]]
    assert expected[1] in (None, found[0][1])


@pytest.mark.parametrize(
    ("language", "form", "old", "new"),
    [
        ("python", OWNER, "g.user.id", "current_user().id"),
        ("python", UNTIL, "now", "time.time()"),
        ("python", UNTIL, "now", "clock.now()"),
        ("python", IDENT, "request.remote_addr", "request.remote_addr or '-'"),
        ("java", JAVA, "user.getTenant()", "tenantOf(user)"),
        ("javascript", ALSO, "", " && url !== req.headers.host"),
        ("c", PEER, "p->conf->realm", "p->realm"),
        ("javascript", TOKEN, "'RS256'", "config.algorithm"),
        ("javascript", MEMBER, "'member'", "DEFAULT_ROLE"),
        ("javascript", MEMBER, "'member'", "'member', agent: req.headers.agent"),
        ("python", SESSION, "user.seen = now()", "owner.name = request.json['name']"),
        ("python", SESSION, "login(user)", "login(form.user)"),
        ("python", SESSION, "pass", "user = refreshed(user)"),
        ("ruby", FORM, "", ", :time_zone"),
    ],
)
def test_other_changes_are_none(view_of, language, form, old, new):
    assert told(view_of, language, form % old, form % new) == []


PAGING = "int f(struct req *req)\n{\n\tstruct req *gone = next(req);\n\t%s;\n\treturn 0;\n}\n"
FIRST = "int f(struct list %s, struct list *s)\n{\n\tif (s->next == %s)\n\t\treturn -1;\n\treturn 0;\n}\n"


def test_what_takes_the_place_of_a_whole_call_is_no_value_of_it(view_of):
    assert not told(view_of, "c", PAGING % "user_put(gone->user, HERE)", PAGING % "user_remove_request(req->user, req)")
    sends = "function f(req, session) {\n  setRole(%s, HERE);\n  return 0;\n}\n"
    assert told(view_of, "javascript", sends % "session.user", sends % "req.body.user")


def test_what_is_handed_in_by_its_place_is_the_same(view_of):
    assert not told(view_of, "c", FIRST % ("*list", "list"), FIRST % ("**list", "*list"))


def test_what_a_result_begins_with_is_nothing_of_its_own(view_of):
    old = "int f(struct p *p)\n{\n\tint ret = PROCEED;\n\tif (ret != FAILED)\n\t\tuse(p);\n\treturn 0;\n}\n"
    assert not told(view_of, "c", old, old.replace("ret != FAILED", "ret == PROCEED"))


def test_nothing_is_no_side_that_stays(view_of):
    page = "<?php function f($p) {\n$a = $p->id;\n$b = $_GET['id'];\nif ($a !== null) { go($p); }\nreturn $b; }"
    assert not told(view_of, "php", page, page.replace("$a !== null", "$b !== null"))
