"""The house, as files: what the house tests look over."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "zoll"


class House:
    """Paths and parsed sources; `name` is a file's path under src/zoll."""

    root = ROOT
    source = SOURCE

    @property
    def files(self):
        return sorted(path for path in SOURCE.rglob("*.py") if "__pycache__" not in path.parts)

    @staticmethod
    def name(path):
        return path.relative_to(SOURCE).as_posix()

    @staticmethod
    @cache
    def tree(path):
        return ast.parse(path.read_text(encoding="utf-8"))

    def functions(self):
        """Yield (file, function's name, lines) of every function of the house."""
        for path in self.files:
            for node in ast.walk(self.tree(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield self.name(path), node.name, node.end_lineno - node.lineno + 1


@pytest.fixture(scope="session")
def house():
    return House()


@pytest.fixture
def excused():
    """Return a function that holds what was found against exemptions: no more, and none that is spent."""

    def hold(found, exemptions, how):
        more = sorted(set(found) - set(exemptions))
        spent = sorted(set(exemptions) - set(found))
        assert not more, f"{how}\n" + "\n".join(map(str, more))
        assert not spent, "exempt, but no longer in need of it; take the line out:\n" + "\n".join(map(str, spent))

    return hold
