"""Ruby."""

import tree_sitter_ruby

from zoll.parse.table import Table, kinds


def imports_of(_text: str) -> dict[str, str]:
    """Ruby's `require` binds no names."""
    return {}


TABLE = Table(
    name="ruby",
    grammar=tree_sitter_ruby.language,
    imports_of=imports_of,
    functions=kinds("method singleton_method"),
    lambdas=kinds("do_block block lambda"),
    scopes={"class": "name", "module": "name"},
    naming={"assignment": ("left", "right")},
    comments=kinds("comment"),
    strings=kinds("string bare_string heredoc_body subshell"),
    blocks=kinds("program body_statement then else do ensure block_body begin_block end_block"),
    conditions={
        "if": ("condition",),
        "elsif": ("condition",),
        "unless": ("condition",),
        "while": ("condition",),
        "until": ("condition",),
        "if_modifier": ("condition",),
        "unless_modifier": ("condition",),
        "while_modifier": ("condition",),
        "until_modifier": ("condition",),
    },
    loops=kinds("for"),
    switches={"case": "value", "case_match": "value"},
    cases=kinds("when in_clause"),
    labels_of=kinds("pattern"),
    tries=kinds("begin"),
    handlers=kinds("rescue"),
    simple={
        "return": "return",
        "break": "jump",
        "next": "jump",
        "redo": "jump",
        "retry": "jump",
        "alias": "other",
        "undef": "other",
    },
    classes=kinds("class module singleton_class"),
    tails=True,
    calls={"call": ("method", "arguments"), "subshell": ("", ""), "yield": ("", ""), "super": ("", "")},
    methods={"call": ("receiver", "method")},
    intrinsics={"subshell": "`", "yield": "yield", "super": "super"},
    handing={"send": 1, "__send__": 1, "public_send": 1},
    handed_as=":",
    throwers=kinds("raise fail throw"),
    members={"scope_resolution": ("scope", "name")},
    subscripts={"element_reference": ("object", "")},
    names=kinds("identifier constant self instance_variable global_variable class_variable"),
    parens=kinds("parenthesized_statements pattern argument_list"),
    logic=kinds("binary"),
    nots=kinds("unary"),
    comparisons=kinds("binary"),
    assigns=kinds("assignment operator_assignment"),
    ternaries=kinds("conditional"),
    joined=kinds("chained_string"),
    numbers=kinds("integer float"),
    chars=kinds("character"),
    regexes=kinds("regex"),
    raw_quotes="'",
)
