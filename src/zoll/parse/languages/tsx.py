"""TypeScript with JSX."""

import tree_sitter_typescript

from zoll.parse.languages.typescript import TYPESCRIPT, imports_of
from zoll.parse.table import Table

TABLE = Table(name="tsx", grammar=tree_sitter_typescript.language_tsx, imports_of=imports_of, **TYPESCRIPT)
