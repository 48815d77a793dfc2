"""C: the grammar's table, shared with C++."""

import tree_sitter_c

from zoll.parse.statements import Walk
from zoll.parse.syntax import Node
from zoll.parse.table import Table, kinds


def no_imports(_text: str) -> dict[str, str]:
    """C includes give no names."""
    return {}


def preproc(walk: Walk, node: Node, within: int, branch: str) -> None:
    """`#if` and its kin: the line itself, then what stands under it, which runs where it stands."""
    name = node.get("condition") or node.get("name")
    end = name.end if name else node.start + 5
    head = Node("header", "", node.start, end, True)
    word = walk.read.text(node, 12).split(" ")[0]
    rest = [kid for kid in node.kids if kid is not name and kid.named and kid.kind != "preproc_directive"]
    tests = walk.conditions.tests(name)[0] if name else ()
    walk.say(
        "directive", [], within, branch, over=head, word=word, target=walk.read.text(name) if name else "", tests=tests
    )
    walk.visit_all(rest, within, branch)


def define(walk: Walk, node: Node, within: int, branch: str) -> None:
    """`#define X system`: target and value; calls and strings of the body are found in its text."""
    name, value = node.get("name"), node.get("value")
    text = walk.read.text(value, 4000) if value else ""
    walk.say(
        "directive",
        [],
        within,
        branch,
        over=node,
        word="#define",
        target=walk.read.text(name) if name else "",
        value=text[:200],
        more_calls=tuple(walk.read.macro(text, walk.read.line(node))),
    )


TABLE = Table(
    name="c",
    grammar=tree_sitter_c.language,
    imports_of=no_imports,
    comments=kinds("comment"),
    strings=kinds("string_literal raw_string_literal system_lib_string"),
    functions=kinds("function_definition"),
    scopes={},
    params_last=True,
    plain=kinds(
        "expression_statement declaration return_statement field_declaration enumerator_list argument_list "
        "parenthesized_expression parameter_list"
    ),
    loose_bodies=kinds("compound_statement"),
    blocks=kinds(
        "compound_statement translation_unit declaration_list else_clause field_declaration_list linkage_specification "
        "field_initializer_list"
    ),
    conditions={
        "if_statement": ("condition",),
        "while_statement": ("condition",),
        "do_statement": ("condition",),
        "for_statement": ("condition",),
    },
    switches={"switch_statement": "condition"},
    cases=kinds("case_statement"),
    falls=True,
    simple={
        "return_statement": "return",
        "break_statement": "jump",
        "continue_statement": "jump",
        "goto_statement": "jump",
        "preproc_include": "import",
        "co_return_statement": "return",
    },
    expressions=kinds("expression_statement"),
    declarations=kinds("declaration field_declaration"),
    declarators={"init_declarator": ("declarator", "value")},
    directives=kinds("preproc_call attribute_declaration static_assert_declaration"),
    labels=kinds("labeled_statement"),
    classes=kinds("struct_specifier union_specifier enum_specifier"),
    hooks={
        "preproc_if": preproc,
        "preproc_ifdef": preproc,
        "preproc_elif": preproc,
        "preproc_else": preproc,
        "preproc_elifdef": preproc,
        "preproc_def": define,
        "preproc_function_def": define,
    },
    calls={"call_expression": ("function", "arguments")},
    members={"field_expression": ("argument", "field")},
    subscripts={"subscript_expression": ("argument", "index")},
    names=kinds("identifier field_identifier type_identifier this primitive_type"),
    parens=kinds("parenthesized_expression"),
    through=kinds("cast_expression"),
    logic=kinds("binary_expression preproc_binary"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_expression"),
    sequences=kinds("comma_expression"),
    ternaries=kinds("conditional_expression"),
    joined=kinds("concatenated_string"),
    numbers=kinds("number_literal"),
    chars=kinds("char_literal"),
    raw_marks="R",
)
