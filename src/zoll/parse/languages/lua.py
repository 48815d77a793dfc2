"""Lua."""

import re

import tree_sitter_lua

from zoll.parse.table import Table, kinds

_REQUIRE = re.compile(r"(\w+)\s*=\s*require\s*\(?\s*['\"]([^'\"]{1,200})")


def imports_of(text: str) -> dict[str, str]:
    """Return the names bound by `x = require("y")`."""
    return {found[1]: found[2] for found in _REQUIRE.finditer(text)}


TABLE = Table(
    name="lua",
    grammar=tree_sitter_lua.language,
    imports_of=imports_of,
    requires=True,
    functions=kinds("function_declaration"),
    lambdas=kinds("function_definition"),
    naming={"assignment_statement": ("", ""), "field": ("name", "value")},
    comments=kinds("comment"),
    strings=kinds("string"),
    blocks=kinds("block chunk else_statement do_statement"),
    conditions={
        "if_statement": ("condition",),
        "elseif_statement": ("condition",),
        "while_statement": ("condition",),
        "repeat_statement": ("condition",),
    },
    loops=kinds("for_statement"),
    splice=kinds("variable_declaration for_numeric_clause for_generic_clause"),
    simple={"return_statement": "return", "break_statement": "jump", "goto_statement": "jump"},
    labels=kinds("label_statement"),
    calls={"function_call": ("name", "arguments")},
    handing={"pcall": 1, "xpcall": 2, "copcall": 1, "coxpcall": 2},
    throwers=kinds("error"),
    members={"dot_index_expression": ("table", "field"), "method_index_expression": ("table", "method")},
    subscripts={"bracket_index_expression": ("table", "field")},
    names=kinds("identifier"),
    parens=kinds("parenthesized_expression expression_list variable_list"),
    logic=kinds("binary_expression"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_statement"),
    numbers=kinds("number"),
)
