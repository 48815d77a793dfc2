"""A search that was held to what is the caller's own."""

import pytest

from zoll.compare.owned import unowned


def told(view_of, language, old, new):
    view = view_of(language, old, new)
    return [(weak.how, weak.old) for run in view.runs for pair in run.pairs for weak in unowned(view, *pair)]


RUBY = "def show\n  @one = %s.find(params[:id])\n  render @one\nend\n"
PYTHON = "def get(session, number, tenant):\n    query = select(Bill).where(Bill.id == number%s)\n    return query\n"
SLOTS = "def f(self):\n    __slots__ = %s\n    return self\n"
GO = "func f(user, hashed, pass string) string {\n\tcacheKey := join([]string{%s})\n\treturn get(cacheKey)\n}\n"
SLAB = 'int f(void)\n{\n\tframe_cache = kmem_cache_create("frames", size, 0, %s);\n\treturn 0;\n}\n'
CPP = "bool f(const std::string &user, const std::string &action) {\n  const auto key = %s;\n  return cache_[key];\n}\n"
SQL = 'package a\nfunc f(db DB, id string) Row {\n\treturn db.QueryRow("SELECT a FROM keys WHERE %s", id)\n}\n'
LIMIT = "package a\nfunc f(r *Request, user string) bool {\n\tkey := %s\n\treturn buckets[key].Allow()\n}\n"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("go", SQL, "id = $1 AND revoked_at IS NULL", "id = $1", [("unfiltered", "revoked_at IS NULL")]),
        ("go", SQL, "id = $1 AND revoked_at IS NULL", "id = $1 AND live", []),  # asked otherwise
        ("go", SQL, "id = $1 AND size > 3", "id = $1", []),  # says nothing of who or what may pass
        ("go", LIMIT, "clientIP(r) + user", 'clientIP(r) + user + r.Header.Get("X-Request-Id")', [("chosen", "")]),
        ("go", LIMIT, "clientIP(r) + user", 'clientIP(r) + "|" + user', []),
        ("ruby", RUBY, "current_user.documents", "Document", [("unowned", "current_user")]),
        ("python", PYTHON, ", Bill.tenant_id == tenant.id", "", [("unowned", "tenant_id")]),
        ("cpp", CPP, "user + action", "action", [("unkeyed", "user")]),
        ("go", GO, "user, hashedPassword, pass", "user, pass", [("parted", "hashedPassword")]),
        ("go", GO, "user, hashedPassword, pass", "user, digestOf(hashedPassword), pass", []),
        ("ruby", RUBY, "current_user.documents", "policy_scope(Document)", []),
        ("python", PYTHON, ", Bill.tenant_id == tenant.id", ", Bill.tenant == tenant", []),
        ("python", PYTHON, "", ", Bill.gone.is_(None)", []),
        ("cpp", CPP, "user + action", "joined(user, action)", []),
        ("c", SLAB, "ALIGN | USER", "ALIGN", []),
        ("python", SLOTS, '"_owner"', '"_lock"', []),
    ],
)
def test_what_is_looked_for(view_of, language, form, old, new, expected):
    assert told(view_of, language, form % old, form % new) == expected
