"""Python."""

import re

import tree_sitter_python

from zoll.parse.table import Table, kinds

_FROM = re.compile(r"from\s+(\.*)\s*([\w.]*)\s+import\s+(.*)", re.DOTALL)


def imports_of(text: str) -> dict[str, str]:
    """Return the names that an import statement binds."""
    text = re.sub(r"#[^\n]*|[()\\]", " ", text)
    found = _FROM.match(text)
    if not found:
        return dict(_plain(piece.split()) for piece in text.removeprefix("import").split(",") if piece.split())
    base = found[1] + found[2]
    names: dict[str, str] = {}
    for piece in found[3].split(","):
        words = piece.split()
        if words and words[0] != "*":
            names[words[-1]] = f"{base}{'' if base.endswith('.') or not base else '.'}{words[0]}"
    return names


def _plain(words: list[str]) -> tuple[str, str]:
    if len(words) == 3:
        return words[2], words[0]
    first = words[0].split(".")[0]
    return first, first


TABLE = Table(
    name="python",
    grammar=tree_sitter_python.language,
    imports_of=imports_of,
    functions=kinds("function_definition"),
    lambdas=kinds("lambda"),
    scopes={"class_definition": "name"},
    naming={"assignment": ("left", "right"), "pair": ("key", "value")},
    wrappers=kinds("decorated_definition"),
    imports=kinds("import_statement import_from_statement"),
    comments=kinds("comment"),
    strings=kinds("string"),
    plain=kinds(
        "expression_statement return_statement raise_statement assert_statement parenthesized_expression argument_list "
        "parameters type"
    ),
    telling=rb"[\"'#:]",
    blocks=kinds("block module else_clause finally_clause"),
    conditions={"if_statement": ("condition",), "elif_clause": ("condition",), "while_statement": ("condition",)},
    loops=kinds("for_statement"),
    switches={"match_statement": "subject"},
    cases=kinds("case_clause"),
    labels_of=kinds("case_pattern"),
    tries=kinds("try_statement"),
    handlers=kinds("except_clause except_group_clause"),
    simple={
        "return_statement": "return",
        "raise_statement": "throw",
        "break_statement": "jump",
        "continue_statement": "jump",
        "import_statement": "import",
        "import_from_statement": "import",
        "future_import_statement": "import",
        "assert_statement": "condition",
        "global_statement": "other",
        "nonlocal_statement": "other",
        "delete_statement": "other",
    },
    expressions=kinds("expression_statement"),
    directives=kinds("decorator"),
    classes=kinds("class_definition"),
    calls={"call": ("function", "arguments")},
    members={"attribute": ("object", "attribute")},
    subscripts={"subscript": ("value", "subscript")},
    names=kinds("identifier"),
    parens=kinds("parenthesized_expression"),
    through=kinds("await expression_statement"),
    logic=kinds("boolean_operator"),
    nots=kinds("not_operator"),
    comparisons=kinds("comparison_operator"),
    assigns=kinds("assignment augmented_assignment named_expression"),
    ternaries=kinds("conditional_expression"),
    filtered=kinds("list_comprehension set_comprehension dictionary_comprehension generator_expression"),
    filters=kinds("if_clause"),
    joined=kinds("concatenated_string"),
    numbers=kinds("integer float"),
    raw_marks="rR",
)
