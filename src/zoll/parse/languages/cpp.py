"""C++: C's table and more."""

from dataclasses import replace

import tree_sitter_cpp

from zoll.parse.languages.c import TABLE as C
from zoll.parse.table import kinds

TABLE = replace(
    C,
    name="cpp",
    grammar=tree_sitter_cpp.language,
    lambdas=kinds("lambda_expression"),
    scopes={
        "class_specifier": "name",
        "struct_specifier": "name",
        "union_specifier": "name",
        "namespace_definition": "name",
    },
    naming={"init_declarator": ("declarator", "value"), "assignment_expression": ("left", "right")},
    blocks=C.blocks | kinds("init_statement"),
    conditions={**C.conditions, "while_statement": ("condition",)},
    loops=kinds("for_range_loop"),
    tries=kinds("try_statement"),
    handlers=kinds("catch_clause"),
    simple={
        **C.simple,
        "throw_statement": "throw",
        "using_declaration": "import",
        "alias_declaration": "other",
        "co_yield_statement": "other",
    },
    classes=C.classes | kinds("class_specifier namespace_definition"),
    calls={**C.calls, "new_expression": ("type", "arguments")},
    news=kinds("new_expression"),
    names=C.names | kinds("qualified_identifier namespace_identifier"),
    raws=kinds("raw_string_literal"),
    through_first=kinds("template_function"),
    throwers=kinds("std.terminate"),
)
