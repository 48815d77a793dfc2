"""TypeScript with JSX."""

from dataclasses import replace

import tree_sitter_typescript

from zoll.parse.languages.typescript import TABLE as TYPESCRIPT

TABLE = replace(TYPESCRIPT, name="tsx", grammar=tree_sitter_typescript.language_tsx)
