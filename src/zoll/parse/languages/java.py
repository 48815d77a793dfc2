"""Java."""

import re

import tree_sitter_java

from zoll.parse.table import Table, kinds

_IMPORT = re.compile(r"import\s+(?:static\s+)?([\w.]+)")


def imports_of(text: str) -> dict[str, str]:
    """Return the simple name of an import and the whole; `a.b.*` binds nothing that can be known."""
    found = _IMPORT.match(text)
    name = found[1].strip(".") if found and "*" not in text else ""
    return {name.rsplit(".", 1)[-1]: name} if name else {}


TABLE = Table(
    name="java",
    grammar=tree_sitter_java.language,
    imports_of=imports_of,
    functions=kinds("method_declaration constructor_declaration compact_constructor_declaration"),
    lambdas=kinds("lambda_expression static_initializer"),
    scopes={
        "class_declaration": "name",
        "interface_declaration": "name",
        "enum_declaration": "name",
        "record_declaration": "name",
        "annotation_type_declaration": "name",
    },
    naming={"variable_declarator": ("name", "value"), "assignment_expression": ("left", "right")},
    imports=kinds("import_declaration"),
    comments=kinds("line_comment block_comment"),
    strings=kinds("string_literal"),
    params_last=True,
    blocks=kinds(
        "block program class_body interface_body enum_body constructor_body switch_block finally_clause "
        "enum_body_declarations annotation_type_body static_initializer"
    ),
    conditions={
        "if_statement": ("condition",),
        "while_statement": ("condition",),
        "do_statement": ("condition",),
        "for_statement": ("condition",),
    },
    loops=kinds("enhanced_for_statement"),
    switches={"switch_expression": "condition"},
    cases=kinds("switch_block_statement_group switch_rule"),
    labels_of=kinds("switch_label"),
    falls=True,
    tries=kinds("try_statement try_with_resources_statement"),
    handlers=kinds("catch_clause"),
    simple={
        "return_statement": "return",
        "throw_statement": "throw",
        "break_statement": "jump",
        "continue_statement": "jump",
        "yield_statement": "return",
        "import_declaration": "import",
        "package_declaration": "other",
        "assert_statement": "condition",
    },
    expressions=kinds("expression_statement"),
    declarations=kinds("local_variable_declaration field_declaration constant_declaration resource_specification"),
    declarators={"variable_declarator": ("name", "value"), "resource": ("name", "value")},
    directives=kinds("annotation marker_annotation"),
    labels=kinds("labeled_statement"),
    classes=kinds(
        "class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration"
    ),
    calls={
        "method_invocation": ("name", "arguments"),
        "object_creation_expression": ("type", "arguments"),
        "explicit_constructor_invocation": ("constructor", "arguments"),
        "annotation": ("name", "arguments"),
    },
    methods={"method_invocation": ("object", "name")},
    news=kinds("object_creation_expression"),
    members={"field_access": ("object", "field")},
    subscripts={"array_access": ("array", "index")},
    names=kinds("identifier type_identifier this super scoped_identifier scoped_type_identifier"),
    parens=kinds("parenthesized_expression"),
    through=kinds("cast_expression"),
    through_first=kinds("generic_type"),
    logic=kinds("binary_expression"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression instanceof_expression"),
    assigns=kinds("assignment_expression"),
    ternaries=kinds("ternary_expression"),
    numbers=kinds(
        "decimal_integer_literal hex_integer_literal octal_integer_literal binary_integer_literal "
        "decimal_floating_point_literal"
    ),
    chars=kinds("character_literal"),
)
