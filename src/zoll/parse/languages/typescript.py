"""TypeScript: JavaScript's table and its types; `tsx` differs by grammar only."""

import re
from dataclasses import replace

import tree_sitter_typescript

from zoll.parse.languages.javascript import TABLE as JAVASCRIPT
from zoll.parse.languages.javascript import imports_of as plain_imports
from zoll.parse.table import kinds

_EQUALS = re.compile(r"import\s+([\w$]+)\s*=\s*require\(\s*['\"]([^'\"]{1,200})['\"]")


def imports_of(text: str) -> dict[str, str]:
    """Return the names that an import binds, `import x = require("y")` too."""
    found = _EQUALS.match(text)
    return {found[1]: found[2].removeprefix("node:")} if found else plain_imports(text)


TABLE = replace(
    JAVASCRIPT,
    name="typescript",
    grammar=tree_sitter_typescript.language_typescript,
    imports_of=imports_of,
    scopes={
        **JAVASCRIPT.scopes,
        "abstract_class_declaration": "name",
        "internal_module": "name",
        "module": "name",
    },
    through_first=kinds("as_expression non_null_expression satisfies_expression instantiation_expression"),
    through=JAVASCRIPT.through | kinds("type_assertion"),
    classes=JAVASCRIPT.classes | kinds("internal_module module"),
)
