"""JavaScript; TypeScript builds on its table."""

import re

import tree_sitter_javascript

from zoll.parse.table import Table, kinds

_REQUIRE = re.compile(
    r"([\w$]+|\{[^{}]{0,2000}\})\s*(?::[^=]{0,80})?=\s*(?:await\s+)?(?:__importStar\(|__importDefault\()?(?:require|import)\(\s*['\"`]([^'\"`]{1,200})['\"`]\s*\)+((?:\.[\w$]+)*)"
)
_FROM = re.compile(r"import\s+(?:type\s+)?(.{0,4000}?)\s*from\s*['\"]([^'\"]{1,200})['\"]", re.DOTALL)


def imports_of(text: str) -> dict[str, str]:
    """Return the names that an import or a `require` binds."""
    names: dict[str, str] = {}
    found = _FROM.search(text) if text.startswith("import") else None
    if found:
        module = found[2].removeprefix("node:")
        names.update(_clause(found[1], module))
        return names
    for wanted in _REQUIRE.finditer(text):
        module = wanted[2].removeprefix("node:") + wanted[3]
        names.update(_braces(wanted[1], module) if wanted[1].startswith("{") else {wanted[1]: module})
    return names


def _clause(clause: str, module: str) -> dict[str, str]:
    """Read `a, {b as c}` and `* as d`."""
    names: dict[str, str] = {}
    braces = re.search(r"\{[^{}]*\}", clause)
    if braces:
        names.update(_braces(braces[0], module))
        clause = clause.replace(braces[0], "")
    for piece in clause.split(","):
        words = piece.split()
        if words:
            names[words[-1]] = module
    return names


def _braces(text: str, module: str) -> dict[str, str]:
    """Read `{a, b: c}` of a destructuring, `{a, b as c}` of an import."""
    names: dict[str, str] = {}
    for piece in text.strip("{} \n").split(","):
        words = re.findall(r"[\w$]+", piece.split("=")[0])
        if words:
            names[words[-1]] = f"{module}.{words[0] if words[0] != 'type' or len(words) == 1 else words[1]}"
    return names


TABLE = Table(
    name="javascript",
    grammar=tree_sitter_javascript.language,
    imports_of=imports_of,
    requires=True,
    functions=kinds("function_declaration generator_function_declaration method_definition"),
    lambdas=kinds("function_expression arrow_function generator_function class_static_block"),
    scopes={"class_declaration": "name", "class": "name"},
    naming={
        "variable_declarator": ("name", "value"),
        "assignment_expression": ("left", "right"),
        "pair": ("key", "value"),
        "field_definition": ("property", "value"),
        "public_field_definition": ("name", "value"),
    },
    imports=kinds("import_statement"),
    comments=kinds("comment"),
    strings=kinds("string template_string"),
    plain=kinds(
        "expression_statement lexical_declaration variable_declaration return_statement throw_statement "
        "parenthesized_expression arguments formal_parameters"
    ),
    telling=rb"[\"'`/{>]",
    blocks=kinds("statement_block program class_body else_clause finally_clause switch_body"),
    conditions={
        "if_statement": ("condition",),
        "while_statement": ("condition",),
        "do_statement": ("condition",),
        "for_statement": ("condition",),
    },
    loops=kinds("for_in_statement"),
    switches={"switch_statement": "value"},
    cases=kinds("switch_case switch_default"),
    labels_of=kinds("value"),
    falls=True,
    tries=kinds("try_statement"),
    handlers=kinds("catch_clause"),
    simple={
        "return_statement": "return",
        "throw_statement": "throw",
        "break_statement": "jump",
        "continue_statement": "jump",
        "import_statement": "import",
        "debugger_statement": "other",
    },
    expressions=kinds("expression_statement export_statement"),
    declarations=kinds("lexical_declaration variable_declaration field_definition public_field_definition"),
    declarators={
        "variable_declarator": ("name", "value"),
        "field_definition": ("property", "value"),
        "public_field_definition": ("name", "value"),
    },
    directives=kinds("decorator"),
    labels=kinds("labeled_statement"),
    classes=kinds("class_declaration class abstract_class_declaration"),
    calls={"call_expression": ("function", "arguments"), "new_expression": ("constructor", "arguments")},
    news=kinds("new_expression"),
    members={"member_expression": ("object", "property")},
    subscripts={"subscript_expression": ("object", "index")},
    names=kinds(
        "identifier property_identifier this super private_property_identifier shorthand_property_identifier import"
    ),
    parens=kinds("parenthesized_expression"),
    through=kinds("await_expression"),
    logic=kinds("binary_expression"),
    nots=kinds("unary_expression"),
    comparisons=kinds("binary_expression"),
    assigns=kinds("assignment_expression augmented_assignment_expression"),
    sequences=kinds("sequence_expression"),
    ternaries=kinds("ternary_expression"),
    numbers=kinds("number"),
    regexes=kinds("regex"),
)
