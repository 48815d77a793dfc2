"""Rust."""

import re

import tree_sitter_rust

from zoll.parse.table import Table, kinds

_PART = re.compile(r"[{},]|[^{},]+")


def imports_of(text: str) -> dict[str, str]:
    """Return the names that a `use` binds; `a::{b, c as d}` nests."""
    names: dict[str, str] = {}
    bases = [""]
    base = ""
    for part in _PART.findall(re.sub(r"^(?:pub(?:\([^)]*\))?\s+)?use\s+", "", text.strip().rstrip(";"))):
        if part == "{":
            bases.append(base)
        elif part == "}":
            bases = bases[:-1] or [""]
        elif part != ",":
            base = bases[-1] + part.strip().replace("::", ".")
            _bind(names, base)
    return names


def _bind(names: dict[str, str], full: str) -> None:
    path, _, alias = full.partition(" as ")
    if path.endswith((".", "*")):
        return
    path = path.removesuffix(".self")
    name = alias.strip() or path.rsplit(".", 1)[-1]
    if name and name != "_":
        names[name] = path


TABLE = Table(
    name="rust",
    grammar=tree_sitter_rust.language,
    imports_of=imports_of,
    functions=kinds("function_item"),
    lambdas=kinds("closure_expression"),
    scopes={"impl_item": "type", "mod_item": "name", "trait_item": "name"},
    naming={"let_declaration": ("pattern", "value")},
    imports=kinds("use_declaration"),
    comments=kinds("line_comment block_comment"),
    strings=kinds("string_literal raw_string_literal"),
    blocks=kinds("block source_file declaration_list match_block else_clause unsafe_block"),
    conditions={"if_expression": ("condition",), "while_expression": ("condition",), "loop_expression": ("condition",)},
    loops=kinds("for_expression"),
    switches={"match_expression": "value"},
    cases=kinds("match_arm"),
    labels_of=kinds("pattern"),
    simple={
        "return_expression": "return",
        "break_expression": "jump",
        "continue_expression": "jump",
        "use_declaration": "import",
        "extern_crate_declaration": "import",
    },
    expressions=kinds("expression_statement"),
    declarations=kinds("let_declaration const_item static_item"),
    declarators={
        "let_declaration": ("pattern", "value"),
        "const_item": ("name", "value"),
        "static_item": ("name", "value"),
    },
    directives=kinds("attribute_item inner_attribute_item"),
    classes=kinds("impl_item mod_item trait_item"),
    tails=True,
    calls={"call_expression": ("function", "arguments"), "macro_invocation": ("macro", "")},
    macros=kinds("macro_invocation"),
    throwers=kinds("panic"),
    members={
        "field_expression": ("value", "field"),
        "scoped_identifier": ("path", "name"),
        "scoped_type_identifier": ("path", "name"),
    },
    subscripts={"index_expression": ("", "")},
    names=kinds("identifier field_identifier type_identifier self primitive_type crate super"),
    parens=kinds("parenthesized_expression"),
    through=kinds("reference_expression"),
    through_first=kinds("try_expression await_expression type_cast_expression generic_function"),
    logic=kinds("binary_expression let_chain"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_expression compound_assignment_expr"),
    numbers=kinds("integer_literal float_literal"),
    chars=kinds("char_literal"),
    raws=kinds("raw_string_literal"),
)
