"""PHP."""

import re

import tree_sitter_php

from zoll.parse.table import Table, kinds


def imports_of(text: str) -> dict[str, str]:
    """Return the names that a `use` binds, groups too."""
    text = re.sub(r"^use\s+(?:function\s+|const\s+)?", "", text.strip().rstrip(";"))
    base, brace, group = text.partition("{")
    names: dict[str, str] = {}
    for piece in (group.rstrip("} \n") if brace else text).split(","):
        words = piece.replace("function ", "").replace("const ", "").split()
        if words:
            full = ((base.strip() if brace else "") + words[0]).strip("\\").replace("\\", ".")
            names[words[-1].rsplit("\\", 1)[-1]] = full
    return names


TABLE = Table(
    name="php",
    grammar=tree_sitter_php.language_php,
    imports_of=imports_of,
    functions=kinds("function_definition method_declaration"),
    lambdas=kinds("anonymous_function arrow_function"),
    scopes={
        "class_declaration": "name",
        "interface_declaration": "name",
        "trait_declaration": "name",
        "enum_declaration": "name",
    },
    naming={"assignment_expression": ("left", "right")},
    imports=kinds("namespace_use_declaration"),
    comments=kinds("comment"),
    strings=kinds("string encapsed_string heredoc nowdoc"),
    params_last=True,
    blocks=kinds(
        "compound_statement program declaration_list colon_block else_clause finally_clause switch_block match_block "
        "enum_declaration_list"
    ),
    conditions={
        "if_statement": ("condition",),
        "else_if_clause": ("condition",),
        "while_statement": ("condition",),
        "do_statement": ("condition",),
        "for_statement": ("condition",),
    },
    loops=kinds("foreach_statement"),
    switches={"switch_statement": "condition", "match_expression": "condition"},
    cases=kinds("case_statement default_statement match_conditional_expression match_default_expression"),
    labels_of=kinds("value conditional_expressions"),
    falls=True,
    tries=kinds("try_statement"),
    handlers=kinds("catch_clause"),
    simple={
        "return_statement": "return",
        "throw_expression": "throw",
        "throw_statement": "throw",
        "break_statement": "jump",
        "continue_statement": "jump",
        "goto_statement": "jump",
        "namespace_use_declaration": "import",
        "unset_statement": "other",
        "global_declaration": "other",
        "use_declaration": "other",
    },
    expressions=kinds("expression_statement"),
    declarations=kinds("property_declaration const_declaration function_static_declaration"),
    declarators={"property_element": ("name", "default_value"), "static_variable_declaration": ("name", "value")},
    directives=kinds("attribute_list"),
    labels=kinds("named_label_statement"),
    classes=kinds("class_declaration interface_declaration trait_declaration enum_declaration"),
    calls={
        "function_call_expression": ("function", "arguments"),
        "member_call_expression": ("name", "arguments"),
        "nullsafe_member_call_expression": ("name", "arguments"),
        "scoped_call_expression": ("name", "arguments"),
        "object_creation_expression": ("", "arguments"),
        "include_expression": ("", ""),
        "include_once_expression": ("", ""),
        "require_expression": ("", ""),
        "require_once_expression": ("", ""),
        "print_intrinsic": ("", ""),
        "echo_statement": ("", ""),
        "exit_statement": ("", ""),
        "shell_command_expression": ("", ""),
        "attribute": ("", "parameters"),
    },
    methods={
        "member_call_expression": ("object", "name"),
        "nullsafe_member_call_expression": ("object", "name"),
        "scoped_call_expression": ("scope", "name"),
    },
    intrinsics={
        "include_expression": "include",
        "include_once_expression": "include_once",
        "require_expression": "require",
        "require_once_expression": "require_once",
        "print_intrinsic": "print",
        "echo_statement": "echo",
        "exit_statement": "exit",
        "shell_command_expression": "shell_exec",
    },
    handing=dict.fromkeys(("call_user_func", "call_user_func_array", "forward_static_call", "array_map"), 1),
    handed_as="\"'",
    news=kinds("object_creation_expression"),
    members={
        "member_access_expression": ("object", "name"),
        "nullsafe_member_access_expression": ("object", "name"),
        "class_constant_access_expression": ("", ""),
        "scoped_property_access_expression": ("scope", "name"),
    },
    subscripts={"subscript_expression": ("", "")},
    names=kinds("name variable_name qualified_name relative_scope dynamic_variable_name namespace_name"),
    parens=kinds("parenthesized_expression argument"),
    through=kinds("cast_expression error_suppression_expression"),
    logic=kinds("binary_expression"),
    nots=kinds("unary_op_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_expression augmented_assignment_expression const_element"),
    ternaries=kinds("conditional_expression"),
    numbers=kinds("integer float"),
    raws=kinds("heredoc nowdoc"),
    raw_quotes="'",
)
