"""Shell: the bash grammar reads sh and dash too."""

import tree_sitter_bash

from zoll.parse.statements import Walk
from zoll.parse.syntax import Node
from zoll.parse.table import Table, kinds
from zoll.parse.telling import Mode

_JUMPS = frozenset({"break", "continue"})


def imports_of(_text: str) -> dict[str, str]:
    """Shell has no imports; `.` and `source` are calls."""
    return {}


def command(walk: Walk, node: Node, within: int, branch: str) -> None:
    """Read a command: `return`, `break` and `continue` are statements of their own kind."""
    name = walk.read.called_as(node)
    arguments = walk.read.arguments(node)
    if name == "return":
        if arguments:
            walk.expression(arguments[0], within, branch, Mode("return", word="return", start=node.start))
        else:
            walk.say("return", [node], within, branch, word="return")
    elif name in _JUMPS:
        walk.say("jump", [node], within, branch, word=name)
    else:
        walk.say("call", [node], within, branch, tests=walk.truth(node)[0])


def pipeline(walk: Walk, node: Node, within: int, branch: str) -> None:
    """Read `a | b`: one statement with both calls, since what flows between them matters."""
    if any(
        kid.kind in walk.table.conditions or kid.kind in walk.table.loops or kid.kind in walk.table.blocks
        for kid in node.kids
    ):
        walk.visit_all(node.kids, within, branch)
    else:
        walk.say("call", [node], within, branch)


def redirected(walk: Walk, node: Node, within: int, branch: str) -> None:
    """Read a command with its redirections as one statement; a redirected loop or block comes after them."""
    body = node.get("body")
    if body is None or body.kind in ("command", "pipeline", "test_command"):
        walk.say("call", [node], within, branch)
        return
    rest = [kid for kid in node.kids if kid is not body and kid.named]
    walk.push((walk.say, ("call", rest, within, branch)), (walk.visit, (body, within, branch)))


def elif_clause(walk: Walk, node: Node, within: int, branch: str) -> None:
    """`elif` names no fields: what stands before `then` is asked."""
    then = next((kid.start for kid in node.kids if kid.kind == "then"), node.end)
    asked = [kid for kid in node.inner if kid.start < then]
    rest = [kid for kid in node.kids if kid.start > then]
    head = Node("header", "", node.start, then, True)
    walk.push(
        *((walk.visit, (kid, within, branch)) for kid in asked[:-1]),
        (
            walk.ask,
            (
                asked[-1] if asked else None,
                within,
                branch,
                "elif",
                lambda index: walk.visit_all(rest, index, "then"),
                head,
            ),
        ),
    )


TABLE = Table(
    name="shell",
    grammar=tree_sitter_bash.language,
    imports_of=imports_of,
    functions=kinds("function_definition"),
    comments=kinds("comment"),
    strings=kinds("string raw_string ansi_c_string word heredoc_body translated_string extglob_pattern"),
    blocks=kinds("program compound_statement subshell do_group else_clause declaration_command"),
    conditions={
        "if_statement": ("condition",),
        "while_statement": ("condition",),
        "c_style_for_statement": ("condition",),
    },
    loops=kinds("for_statement select_statement"),
    switches={"case_statement": "value"},
    cases=kinds("case_item"),
    labels_of=kinds("value"),
    splice=kinds("variable_assignments"),
    hooks={
        "command": command,
        "pipeline": pipeline,
        "redirected_statement": redirected,
        "elif_clause": elif_clause,
    },
    calls={"command": ("name", ""), "file_redirect": ("", "destination"), "herestring_redirect": ("", "")},
    intrinsics={"file_redirect": "", "herestring_redirect": "<<<"},
    names=kinds("command_name variable_name"),
    parens=kinds("parenthesized_expression"),
    logic=kinds("list binary_expression"),
    nots=kinds("negated_command unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("variable_assignment"),
    joined=kinds("concatenation"),
    numbers=kinds("number"),
    regexes=kinds("regex"),
    raw_quotes="'",
)
