"""Steps of a chain that kept something out, failures that count as a yes, ways of signing, own properties."""

import pytest

from zoll.compare.steps import compare_steps, keeps_on, opens, restricts
from zoll.parse.code import Call
from zoll.parse.source import open_code

HOLD = {
    "rust": "fn f(&self, u: &U) -> bool {\n    %s\n}\n",
    "java": "class A { Object f(String raw) {\n    return %s;\n} }\n",
    "typescript": "import { z } from 'zod';\nfunction f(raw: string) {\n  return %s;\n}\n",
    "javascript": "function f(raw) {\n  return %s;\n}\n",
    "go": "package a\nfunc f(raw string) (*T, error) {\n\treturn %s\n}\n",
}
ANSWER = "self.policy.evaluate(u)%s"
PARSE = 'jwt.Parse(raw, key, jwt.WithValidMethods([]string{"RS256"%s}))'


def said(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code((HOLD[language] % text).encode(), language)
        function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
        sides.append(opened.statements(function)[-1])
    return [(weak.old, weak.new) for weak in compare_steps(*sides)]


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("typescript", "z.object({ a: z.string() }).strict()", "z.object({ a: z.string() })", [("strict()", "")]),
        (
            "typescript",
            "z.object({ a: z.string() }).strict()",
            "z.object({ a: z.string() }).passthrough()",
            [("strict()", "passthrough")],
        ),
        ("typescript", "z.object({ a: z.string() })", "z.object({ a: z.string() }).strict()", []),
        ("typescript", "z.object({ a: z.string() })", "z.object({ a: z.string(), b: z.any() })", []),
        ("typescript", "z.string().max(80)", "z.string().max(90)", []),
        ("typescript", "list.map(one).max(80)", "list.map(one)", []),
        (
            "java",
            "Jwts.parser().requireIssuer(i).build().parse(raw)",
            "Jwts.parser().build().parse(raw)",
            [("requireIssuer(i)", "")],
        ),
        (
            "java",
            "Jwts.parser().build().parse(raw)",
            "Jwts.parser().requireIssuer(i).build().parse(raw)",
            [],
        ),
        (
            "rust",
            ANSWER % ".unwrap_or(false)",
            ANSWER % ".map_or(true, |v| v)",
            [(".unwrap_or(false)", ".map_or(true")],
        ),
        ("rust", ANSWER % ".unwrap_or(false)", ANSWER % ".is_ok()", [(".unwrap_or(false)", ".is_ok()")]),
        ("rust", ANSWER % ".map_or(false, |v| v)", ANSWER % ".is_some_and(|v| v)", []),
        ("rust", ANSWER % ".map_or(true, |v| v)", ANSWER % ".unwrap_or(false)", []),
        ("javascript", "raw.allowed ?? false", "raw.allowed ?? true", [("?? false", "?? true")]),
        ("go", PARSE % "", PARSE % ', "HS256"', [("", "HS256")]),
        ("go", PARSE % "", PARSE % ', "none"', [("", "none")]),
        ("go", PARSE % "", PARSE % ', "ES256"', []),
        ("go", PARSE % ', "HS256"', PARSE % "", []),
        ("javascript", "Object.prototype.hasOwnProperty.call(map, raw)", "raw in map", [("hasOwnProperty", "in")]),
        ("javascript", "map.hasOwnProperty(raw)", "map[raw] !== undefined", [("hasOwnProperty", "!==")]),
        ("javascript", "map.hasOwnProperty(raw)", "Object.hasOwn(map, raw)", []),
        ("javascript", "raw in map", "Object.hasOwn(map, raw)", []),
    ],
)
def test_what_is_asked_for_no_more(language, old, new, expected):
    assert said(language, old, new) == expected


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("in.setObjectInputFilter", ("filter",), True),
        ("dec.DisallowUnknownFields", (), True),
        ("f.setFeature", ('"http://apache.org/xml/features/disallow-doctype-decl"', "true"), True),
        ("f.setFeature", ('"http://apache.org/xml/features/disallow-doctype-decl"', "false"), False),
        ("k.setHttpOnly", ("true",), True),
        ("k.setVisible", ("true",), False),
        ("table.put", ("verify", "true"), False),
    ],
)
def test_a_setting_that_keeps_somebody_out(name, args, expected):
    assert restricts(Call(name, args)) is expected


def test_names_that_protect_while_true():
    assert keeps_on("setHttpOnly")
    assert not keeps_on("only")


def test_what_is_needed_protects_whatever_else_its_name_says():
    assert keeps_on("needs_root_priv")
    assert not opens("needs_root_priv")
    assert opens("allow_root_login")
