"""Guards that are taken out of a chain, or passed by in it."""

import pytest

from zoll.compare.chained import chained
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

AXUM = (
    'fn app() -> R {\n    Router::new()\n        .route("/s", get(s))\n%s'
    "        .layer(from_fn(require_auth))\n%s        .with_state(t)\n}\n"
)
ADMIN = '        .route("/admin", get(admin))\n'
SERVED = "package a\nfunc n(m M, s S) {\n\tm.Handle(one, s.auth(s.api))\n%s}\n"
GRPC = "package a\nfunc n(c C) *S {\n\treturn g.NewServer(g.Chain(log.U(c), %srecover.U()))\n}\n"
JAVA = (
    "class A {\n void f(H http) {\n"
    '  http.authorize().antMatchers("/p/**").permitAll()%s.anyRequest().authenticated();\n }\n}\n'
)


def found(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        function = next(one for one in opened.code.functions if one.name)
        sides.append(opened.statements(function))
    view = View(aligned(*sides), old.splitlines(), new.splitlines())
    return [(lost.call, lost.effect) for lost in chained(view)]


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("go", GRPC % "auth.U(c.Auth), ", GRPC % "", ("auth.U", "out")),
        ("go", SERVED % "", SERVED % "\tm.Handle(two, s.api)\n", ("s.auth", "beside")),
        ("java", JAVA % '.antMatchers("/admin/**").hasRole("ADMIN")', JAVA % "", ("hasRole", "out")),
        ("rust", AXUM % (ADMIN, ""), AXUM % ("", ADMIN), ("require_auth", "ahead")),
        (
            "rust",
            AXUM % (".layer(RequireAuthLayer::bearer(t))", ""),
            AXUM % ("", ""),
            ("RequireAuthLayer.bearer", "out"),
        ),
        (
            "javascript",
            "function r(app) {\n  app.delete('/u', requireAdmin, remove);\n}\n",
            "function r(app) {\n  app.delete('/u', remove);\n}\n",
            ("requireAdmin", "out"),
        ),
        (
            "python",
            "def r(app):\n    return logged(require_login(app))\n",
            "def r(app):\n    return logged(app)\n",
            ("require_login", "out"),
        ),
    ],
)
def test_a_guard_is_taken_out_or_passed_by(language, old, new, expected):
    assert found(language, old, new) == [expected]
    assert not found(language, new, old)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("go", GRPC % "auth.U(c.Auth), ", GRPC % "authn.Unary(c.Auth), "),
        ("go", GRPC % "metrics.U(c), ", GRPC % ""),
        ("rust", AXUM % (ADMIN, ""), AXUM % (ADMIN, '        .route("/health", get(h))\n')),
        (
            "python",
            "def r(app):\n    return logged(require_login(app))\n",
            "def r(app):\n    app = require_login(app)\n    return logged(app)\n",
        ),
    ],
)
def test_others_and_what_moved_say_nothing(language, old, new):
    assert not found(language, old, new)


CHAINS = """package a
func f(a *A) *S {
	return New(UnaryInterceptor(l.U, a.Unary), StreamInterceptor(l.S%s))
}
"""


def test_one_of_two_chains_loses_what_the_other_keeps():
    assert found("go", CHAINS % ", a.Stream", CHAINS % "") == [("a.Stream", "out")]
    assert not found("go", CHAINS % ", b.Stream", CHAINS % "")


def test_what_stood_before_one_route():
    text = "<?php\nfunction f() {\n  Route::post('/a', [A::class, 'go'])%s;\n  Route::get('/b', B::class);\n}\n"
    assert found("php", text % "->middleware('can:a')", text % "") == [("middleware('can:a')", "out")]
