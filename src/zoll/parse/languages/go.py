"""Go."""

import re

import tree_sitter_go

from zoll.parse.table import Table, kinds

_SPEC = re.compile(r"(?:([\w.]+)\s+)?[\"`]([^\"`]{1,300})[\"`]")


def imports_of(text: str) -> dict[str, str]:
    """Return the local name of an import and its whole path."""
    found = _SPEC.search(text)
    if not found or found[1] in ("_", "."):
        return {}
    last = re.sub(r"/v\d+$", "", found[2]).rsplit("/", 1)[-1]
    return {found[1] or re.sub(r"^go-|\.v\d+$|-go$", "", last): found[2]}


TABLE = Table(
    name="go",
    grammar=tree_sitter_go.language,
    imports_of=imports_of,
    functions=kinds("function_declaration method_declaration"),
    lambdas=kinds("func_literal"),
    naming={
        "short_var_declaration": ("left", "right"),
        "var_spec": ("name", "value"),
        "keyed_element": ("key", "value"),
    },
    imports=kinds("import_spec"),
    comments=kinds("comment"),
    strings=kinds("interpreted_string_literal raw_string_literal"),
    blocks=kinds("block source_file statement_list import_spec_list"),
    conditions={"if_statement": ("condition",), "for_statement": ("condition", "")},
    loops=kinds("for_statement"),
    switches={"expression_switch_statement": "value", "type_switch_statement": "value", "select_statement": "value"},
    cases=kinds("expression_case type_case default_case communication_case"),
    labels_of=kinds("value type communication"),
    splice=kinds("for_clause range_clause var_spec_list literal_element"),
    simple={
        "return_statement": "return",
        "break_statement": "jump",
        "continue_statement": "jump",
        "goto_statement": "jump",
        "fallthrough_statement": "jump",
        "import_spec": "import",
        "package_clause": "other",
        "go_statement": "call",
        "defer_statement": "call",
    },
    expressions=kinds("expression_statement import_declaration"),
    declarations=kinds("var_declaration const_declaration"),
    declarators={"var_spec": ("name", "value"), "const_spec": ("name", "value")},
    labels=kinds("labeled_statement"),
    calls={"call_expression": ("function", "arguments"), "type_conversion_expression": ("type", "operand")},
    throwers=kinds("panic"),
    members={"selector_expression": ("operand", "field"), "qualified_type": ("package", "name")},
    subscripts={"index_expression": ("operand", "index")},
    names=kinds("identifier field_identifier package_identifier type_identifier"),
    parens=kinds("parenthesized_expression expression_list literal_element"),
    logic=kinds("binary_expression"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_statement short_var_declaration"),
    numbers=kinds("int_literal float_literal imaginary_literal"),
    chars=kinds("rune_literal"),
    raw_quotes="`",
)
