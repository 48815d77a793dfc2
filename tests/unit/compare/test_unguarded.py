import pytest

from zoll.compare.statements import aligned
from zoll.compare.unguarded import gone_round
from zoll.compare.view import View
from zoll.parse.source import open_code

GO = """package a
func f(r *gin.Engine) {
	r.GET("/health", health)
	api := r.Group("/v1", authMiddleware())
	%s.POST("/users", users)
}
"""
RUST = "fn f(x: &X) -> Result<(), E> {\n    %s;\n    run(x);\n    Ok(())\n}\n"
CHAIN = """fn f() -> Router {
    let inner = Router::new()
        .route("/a", get(a))%s
        .layer(from_fn(require_auth));
    Router::new().route("/health", get(health))%s.merge(inner)
}
"""


def found(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
    return [(lost.call, lost.effect) for lost in gone_round(View(aligned(*sides)))]


def test_a_route_outside_of_its_group():
    assert found("go", GO % "api", GO % "r") == [("authMiddleware", "outside")]
    assert not found("go", GO % "r", GO % "api")


@pytest.mark.parametrize(
    "new", ["x.verify(k).ok()", "let _ = x.verify(k)", "x.verify(k)", "let y = x.verify(k).unwrap_or_default()"]
)
def test_an_error_nobody_asks_for(new):
    old = RUST % ("let y = x.verify(k)?" if "let y" in new else "x.verify(k)?")
    assert found("rust", old, RUST % new) == [("x.verify", "ignored")]
    assert not found("rust", RUST % new, old)


def test_an_error_that_is_made_another():
    assert not found("rust", RUST % "x.verify(k)?", RUST % "x.verify(k).map_err(E::from)?")


def test_a_route_that_moved_out_of_the_guarded_ones():
    route = '.route("/b", post(b))'
    assert found("rust", CHAIN % (route, ""), CHAIN % ("", route)) == [("require_auth", "outside")]
    assert not found("rust", CHAIN % ("", route), CHAIN % (route, ""))


def test_a_check_that_only_some_builds_make():
    rust = "fn f(c: C) -> Result<(), E> {\n%s    if c.exp < now() {\n        return Err(E::A);\n    }\n    go()\n}\n"
    cfg = '    #[cfg(not(feature = "offline"))]\n'
    assert found("rust", rust % "", rust % cfg) == [("", "compiled")]
    assert not found("rust", rust % cfg, rust % "")
    other = "int f(int a) {\n%s  count(a);\n%s  return 0;\n}\n"
    assert not found("c", other % ("", ""), other % ("#ifdef X\n", "#endif\n"))
