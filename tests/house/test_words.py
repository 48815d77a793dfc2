"""One word, one thing; no drawers; nothing left for later."""

import ast
import io
import re
import tokenize

NOT_OURS = {
    "extractor": "opener or reader",
    "scanner": "reader",
    "analyzer": "reader or judge",
    "analyser": "reader or judge",
    "issue": "finding",
    "alert": "finding",
}
WORD = re.compile(r"(?<![a-z])(extractor|scanner|analy[sz]er|issue|alert)s?(?![a-z])", re.IGNORECASE)
# (file, word): why it stands there all the same
ALLOWED = {}
OTHERS_WORDS = {"formats.md", "benchmark-misses.md"}  # titles of specifications; names and texts of other people's code
DRAWERS = {"util", "utils", "helper", "helpers", "common", "core", "misc", "manager", "managers", "lib", "stuff"}
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
HUSHED = re.compile(r"#\s*(noqa|type:\s*ignore)(?::?\s*\[?[\w, -]*\]?)(.*)$")


def said(path):
    """Return a file's own words: names, comments and docstrings, but not the strings that it looks for in code."""
    text = path.read_text(encoding="utf-8")
    docs = {node.lineno for node in _docstrings(ast.parse(text))}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    own = (tokenize.NAME, tokenize.COMMENT)
    return "\n".join(
        token.string
        for token in tokens
        if token.type in own or (token.type == tokenize.STRING and token.start[0] in docs)
    )


def _docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[0] if node.body else None
            if (
                isinstance(body, ast.Expr)
                and isinstance(body.value, ast.Constant)
                and isinstance(body.value.value, str)
            ):
                yield body


def test_the_vocabulary_is_kept(house, excused):
    texts = {house.name(path): said(path) for path in house.files}
    pages = (path for path in sorted((house.root / "docs").rglob("*.md")) if path.name not in OTHERS_WORDS)
    texts |= {f"docs/{path.name}": path.read_text(encoding="utf-8") for path in pages}
    found = {(name, hit[1].lower()) for name, text in texts.items() for hit in WORD.finditer(text)}
    meant = ", ".join(f"{word} -> {ours}" for word, ours in NOT_OURS.items())
    excused(found, ALLOWED, f"words that zoll does not use ({meant}):")


def test_no_drawers(house):
    names = {path.stem for path in house.source.rglob("*") if path.is_dir() or path.suffix == ".py"}
    assert names & DRAWERS == set()


def test_nothing_is_left_for_later_and_nothing_is_hushed_without_a_reason(house):
    left, hushed = [], []
    for path in [*house.files, *sorted((house.root / "tests").rglob("*.py"))]:
        if "samples" in path.parts or path.name == "test_words.py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.relative_to(house.root)}:{number}"
            left += [place] if LATER.search(line) else []
            found = HUSHED.search(line)
            hushed += [place] if found and not re.search(r"\w{3}", found[2]) else []
    assert (left, hushed) == ([], [])


def test_crashes_are_caught_on_one_line(house):
    caught = [
        f"{house.name(path)}:{node.lineno}"
        for path in house.files
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.ExceptHandler) and _broad(node.type)
    ]
    assert len(caught) <= 1, caught


def _broad(kind):
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(name is None or getattr(name, "id", "") in ("Exception", "BaseException") for name in names)


def test_nothing_of_an_upgrade_is_ever_executed(house):
    """No eval, exec or pickle; import by name only for what is of the house; programs only for apt."""
    forbidden = {"eval", "exec", "compile", "__import__"}
    found = []
    for path in house.files:
        for node in ast.walk(house.tree(path)):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            bad = {module.split(".")[0] for module in modules} & {
                "pickle",
                "marshal",
                "shelve",
                "runpy",
                "subprocess",
                "importlib",
            }
            bad = {module for module in bad if not any(name.startswith("importlib.resources") for name in modules)}
            found += [(house.name(path), word) for word in (*bad, *([called] if called in forbidden else []))]
    assert set(found) <= {
        ("catalogue.py", "importlib"),  # plug-ins of the house
        ("cli/__init__.py", "importlib"),  # commands of the house
        ("parse/source.py", "importlib"),  # languages of the house
        ("parse/pdf.py", "importlib"),  # pypdf, where it is installed
        ("parse/bytecode/assembly.py", "importlib"),  # dnfile and dncil, where they are installed
        ("learn/minimum.py", "importlib"),  # SciPy, where it is installed
        ("parse/machine/formats.py", "importlib"),  # lief, which takes long to load, where there is something for it
        ("fetch/deb.py", "subprocess"),  # apt's own tools
    }
