"""Perl."""

import tree_sitter_perl

from zoll.parse.table import Table, kinds


def imports_of(_text: str) -> dict[str, str]:
    """Return nothing: a Perl `use` imports names that only the module knows."""
    return {}


TABLE = Table(
    name="perl",
    grammar=tree_sitter_perl.language,
    imports_of=imports_of,
    functions=kinds("subroutine_declaration_statement method_declaration_statement"),
    lambdas=kinds("anonymous_subroutine_expression"),
    naming={"assignment_expression": ("left", "right")},
    comments=kinds("comment pod"),
    strings=kinds("string_literal interpolated_string_literal heredoc_content command_string autoquoted_bareword"),
    blocks=kinds("block source_file block_statement else phaser_statement"),
    conditions={
        "conditional_statement": ("condition",),
        "elsif": ("condition",),
        "postfix_conditional_expression": ("condition",),
        "loop_statement": ("condition",),
        "postfix_loop_expression": ("condition",),
        "cstyle_for_statement": ("condition",),
    },
    loops=kinds("for_statement postfix_for_expression"),
    tries=kinds("try_statement"),
    handlers=kinds("catch_statement"),
    simple={
        "return_expression": "return",
        "loopex_expression": "jump",
        "goto_expression": "jump",
        "use_statement": "import",
        "require_expression": "import",
        "package_statement": "other",
    },
    expressions=kinds("expression_statement"),
    labels=kinds("statement_label"),
    classes=kinds("class_statement"),
    calls={
        "function_call_expression": ("function", "arguments"),
        "ambiguous_function_call_expression": ("function", "arguments"),
        "func1op_call_expression": ("function", ""),
        "func0op_call_expression": ("function", ""),
        "method_call_expression": ("method", "arguments"),
        "coderef_call_expression": ("", "arguments"),
        "eval_expression": ("", ""),
        "command_string": ("", ""),
        "require_expression": ("", ""),
    },
    methods={"method_call_expression": ("invocant", "method")},
    intrinsics={"eval_expression": "", "command_string": "qx", "require_expression": "require"},
    throwers=kinds("die croak confess"),
    members={},
    subscripts={"hash_element_expression": ("hash", "key"), "array_element_expression": ("array", "")},
    names=kinds("bareword function method scalar package varname array hash container_variable filehandle"),
    parens=kinds("parenthesized_expression expression_statement"),
    logic=kinds("binary_expression lowprec_logical_expression"),
    nots=kinds("unary_expression logical_not_expression"),
    comparisons=kinds("equality_expression relational_expression binary_expression"),
    assigns=kinds("assignment_expression"),
    ternaries=kinds("conditional_expression"),
    numbers=kinds("number"),
    regexes=kinds("match_regexp substitution_regexp quoted_regexp transliteration_expression"),
    raws=kinds("command_string heredoc_content"),
    raw_quotes="'",
)
