"""What a place is for: from its path, its function's name, and what it calls and tests."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Function
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.trials import for_tests
from zoll.readers.words import names_in, split

DOC = Doc(
    title="Roles of a place",
    reads=("*", "code/*"),
    yields=("role", "place"),
    limitations=("names may lie, so roles weigh and never switch anything off",),
)
# A folder called `languages` or `data` with source in it holds source.
NO_CODE = frozenset({"translation", "data"})
# `release.py`, `license.c` and `man-db.timer` are programs or start some; documentation has a folder of its own.
RUNNING = frozenset({"config/systemd", "config/cron", "config/udev", "config/make"})
# Who writes a function names it; only where it stands, or what the file says, may speak for it.
INNOCENT = frozenset(
    ("test", "documentation", "example", "build", "ci", "pipeline", "generated", "vendored", "minified", "data")
) | {"translation"}
_SHAPE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|\d+")
_GENERATED = re.compile(rb"(?i)do not (?:edit|modify)|@generated|auto-?generated|generated (?:by|from)|Code generated ")
_TOOL = re.compile(rb"(?i)generated (?:by|from)|@generated|auto")
_PROGRAM = re.compile(r"\.(?:go|rs|c|cc|cpp|cxx|h|hpp|java|kt|scala|js|mjs|cjs|ts|tsx|py|rb|php|pl|pm|lua|cs|swift)\Z")
_MINIFIED = re.compile(r"[.-]min\.(?:js|css|mjs)$|\.bundle\.js$|[.-]packed\.js$")
_TRANSLATED = re.compile(r"\.(?:po|pot|mo|ts\.qm|xliff|xlf|arb|strings)$")


# Rust: the attributes of a test, up to its function, and a module that no other build takes in.
_TEST = re.compile(rb"#\[(?:\w{1,20}::)?test\](?:\s{1,40}#\[[^\]\n]{1,200}\])*\s{1,40}(?=(?:pub |async |unsafe )*fn )")
_TEST_MODULE = re.compile(
    rb"#\[cfg\((?:test|all\(test\b[^\]\n]{0,200})\)\]\s{1,40}(?:#\[[^\]\n]{1,200}\]\s{1,40}){0,4}"
    rb"(?:pub(?:\(crate\))? )?mod (\w{1,60})"
)
# How a device is tested where it is made: code that every unit carries, and a way in more often than not.
_OF_DEVICE = re.compile(r"(?i)(?:factory|mfg|manufact\w{0,8}|production)_?test|test_?mode.*\.(?:c|h|cc|cpp)\Z")
# A file is a test by this word where its name ends in it (`a.spec.ts`, `a_spec.rb`, `ASpec.scala`);
# `spec_linux.go` is about a specification, and `a.spec` is what rpm builds and installs by.
_SPECS = frozenset(("spec", "specs"))
# Languages whose tests are named otherwise, in which `spec.go` is about a specification.
_NO_SPEC = re.compile(r"(?i)\.(?:go|rs|c|h|cc|cpp|cxx|hpp|java|cs)\Z")
_RECIPE = re.compile(r"\w\.spec(?:\.in|\.tmpl)?\Z")
_SPEC = re.compile(r"(?:\A|[_-])specs?(?:\.\w{1,8}){0,2}\Z|\.specs?(?:\.\w{1,8}){1,2}\Z|[a-z0-9]Specs?\.\w{1,8}\Z")
# What a build service reads, by the service's own name of it, and the scripts kept for it. It does not ship, and runs
# on nobody's machine but the service's; a program about workflows is none of it.
_SERVICE = re.compile(
    r"(?:^|/)(?:\.(?:github|gitea|forgejo|gitlab|circleci|buildkite|semaphore|tekton|travis|azure-pipelines)/|"
    r"(?:\.?(?:travis|appveyor|cirrus|gitlab-ci|drone|woodpecker|azure-pipelines|bitbucket-pipelines|cloudbuild)\.ya?ml|"
    r"\.gitlab-ci\.[\w.-]{1,60}|Jenkinsfile|\.packit\.ya?ml|\.readthedocs\.ya?ml)\Z|"
    r"\.?ci/(?:[^/]{1,60}/){0,2}[\w-]{1,60}(?:\.(?:sh|bash|ps1|bat|cmd|ya?ml))?\Z)"
)
# Whole programs that the build runs, wherever they stand: one among the tests is no test.
_BUILDS = frozenset(
    ("wscript", "SConscript", "SConstruct", "build.rs", "setup.py", "extconf.rb", "configure.ac", "configure")
)


_SCRIPTS = frozenset(("javascript", "typescript", "tsx"))
_HELPER = re.compile(
    r"__(?:toESM|toCommonJS|copyProps|reExport|export\w{0,12}|commonJS\w{0,6}|esm\w{0,6}|importDefault|importStar|createBinding"
    r"|setModuleDefault|decorate|metadata|spread\w{0,8}|rest|assign|extends|name|publicField|defNormalProp)"
    r"|_(?:interopRequire\w{0,10}|extends|objectSpread2?|defineProperty|getRequireWildcardCache)"
)
_SHAPES = re.compile(
    r"(?:this\.)?(?:__\w{2,30}|Object|Reflect|Symbol|WeakMap|String|TypeError)(?:\.\w{2,30}){0,3}|ownKeys|mod|cb|desc|fn|"
    r"(?:\w{1,12}\.){0,3}(?:call|apply|bind|push|slice|concat|indexOf|hasOwnProperty|get|set|has|forEach)"
)


_SOURCE = re.compile(r'"[\w./+-]{1,80}\.(?:c|cc|cpp|cxx|m|rs|go)"')
_ASSERTS = {
    "__assert_fail": 3,
    "__assert_func": 2,
    "__assert_rtn": 0,
    "__assert2": 2,
}  # which argument names its function
_OWN = re.compile(r'"[A-Za-z_][\w:]{2,80}"')
# How messages name the function that they come from: `check_host(AF_INET): ...`, or `"%s: ...", "check_host"`.
_HEAD = re.compile(r'"?([a-z]\w*[a-z0-9](?:_|[A-Z])\w{1,60}|[A-Z][a-z]\w*_\w{1,60})(?:\(|\)|:| \(| -)')
_PART = 6  # of the messages of a function, one in so many speaks of its role
_MANY = 16  # texts that a function compares with
_FORMAT = re.compile(r'"[^"]*%s[^"]*"')


def _by_word(column: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section, row in table("roles").items():
        role = row.get("role", section)
        for word in row.get(column, ()):
            found[word] = (*found.get(word, ()), role)
    return found


_CALLS = {section: re.compile(row["alone"]) for section, row in table("roles").items() if "alone" in row}
_PATH, _NAME, _CONTENT, _MESSAGE = (_by_word(column) for column in ("path", "name", "content", "message"))


def read(material: Material) -> Iterator[Reading]:
    """Yield the roles of a file or function, and what kind of place it is."""
    function = material.function
    yield from _places(material)
    said: dict[str, str] = {}
    path = material.part.place.hops[-1] if material.part.place.hops else ""
    runs = bool(material.language) or material.kind in RUNNING
    for role in roles_of_path(path):
        if not (material.language and role in NO_CODE) and not (
            runs and role == "documentation" and role not in roles_of_path(path.rpartition("/")[0])
        ):
            said.setdefault(role, "path")
    if any("test" in roles_of_path(hop.rpartition("/")[0]) for hop in material.part.place.hops[:-1]):
        said.setdefault("test", "path")  # an archive among tests holds no more than they do
    for role in _form(material):
        said.setdefault(role, "content")
    if function and function.name:
        for role in roles_of_name(function.name):
            if role not in INNOCENT:
                said[role] = "name"
    for role in _compiled(material) if material.part.kind.startswith("executable/") else _content(material):
        said.setdefault(role, "content")
    if function and function.name and _for_tests(material, function):
        said.setdefault("test", "content")
    if _loads_modules(material):
        said.setdefault("generated", "content")
    yield from (material.say("role", role, from_=source) for role, source in sorted(said.items()))


def _loads_modules(material: Material) -> bool:
    """Say whether a function is what a bundler or compiler of JavaScript writes to hand modules to each other.

    Its name alone says nothing: it may call nothing but what looks at objects and defines their properties.
    """
    function = material.function
    if function is None or material.language not in _SCRIPTS:
        return False
    if not _HELPER.fullmatch(function.name.rsplit(".", 1)[-1]):
        return False
    return all(_SHAPES.fullmatch(call.name) for one in material.statements for call in one.calls)


def _for_tests(material: Material, function: Function) -> bool:
    """Say whether the compiler takes a function into builds for tests alone."""
    if material.language in {"c", "cpp"}:
        return for_tests(material.data, function.line)
    if material.language != "rust" or b"test" not in material.data:
        return False
    marked, modules = _tests_of(material.data)
    return function.line in marked or not modules.isdisjoint(function.name.split(".")[:-1])


@lru_cache(maxsize=16)
def _tests_of(data: bytes) -> tuple[frozenset[int], frozenset[str]]:
    """Return the lines of functions that are tests, and the modules that are compiled for tests alone."""
    modules = frozenset(found[1].decode() for found in _TEST_MODULE.finditer(data))
    return frozenset(data.count(b"\n", 0, found.end()) + 1 for found in _TEST.finditer(data)), modules


def _places(material: Material) -> Iterator[Reading]:
    function = material.function
    yield material.say("place", "file" if function is None else "function" if function.name else "outside")
    if material.language:
        yield material.say("place", f"language:{material.language}")
    elif material.kind:
        yield material.say("place", f"format:{material.kind.rsplit('/', 1)[-1]}")


@lru_cache(maxsize=8192)
def roles_of_path(path: str) -> tuple[str, ...]:
    """Return the roles that the folders' and the file's names give.

    >>> roles_of_path("src/auth/latest_author.c"), roles_of_path("pkg-1.0/tests/run.py"), roles_of_path("spec_linux.go")
    (('authentication',), ('test',), ())
    >>> roles_of_path("oci/spec.go"), roles_of_path("license/check.go"), roles_of_path("license/MIT.txt")
    ((), (), ('documentation',))
    >>> roles_of_path("src/board/factory_test.c"), roles_of_path("src/board/test_factory.py")
    ((), ('test',))
    """
    found: list[str] = []
    folders = path.split("/")[-6:]
    recipe = bool(_RECIPE.search(path))
    for name in folders:
        last = name is folders[-1]
        about = recipe or (last and bool(_NO_SPEC.search(name) or not _SPEC.search(name)))
        for word in _words(name):
            of_device = word == "test" and last and _OF_DEVICE.search(name)
            found.extend(_PATH.get(word, ()) if not (of_device or (about and word in _SPECS)) else ())
    own = folders[-1]
    if _PROGRAM.search(own) and "documentation" in found:  # `release.go` is a program about releases
        said = (word for name in folders[:-1] for word in _words(name) if not word.startswith("licen"))
        folder = {role for word in said for role in _PATH.get(word, ())}
        found = [role for role in found if role != "documentation" or role in folder]
    if recipe:
        found.append("packaging")
    if path.rsplit("/", 1)[-1] in _BUILDS:
        found = [role for role in found if role != "test"]
    if _SERVICE.search(path):
        # `release.yml` and `docs.yml` there are programs, which publish what people run
        found = [*(role for role in found if role != "documentation"), "pipeline"]
    if _MINIFIED.search(path):
        found.append("minified")
    if "share/lintian/overrides/" in path:
        found.append("documentation")  # of what a checker of packages shall not complain; no program reads it
    if _TRANSLATED.search(path):
        found.append("translation")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16384)
def roles_of_name(name: str) -> tuple[str, ...]:
    """Return the roles that a function's own name gives.

    >>> roles_of_name("Server.checkPassword"), roles_of_name("print_latest")
    (('authentication',), ())
    """
    return tuple(
        dict.fromkeys(role for part in name.split(".")[-2:] for word in _words(part) for role in _NAME.get(word, ()))
    )


@lru_cache(maxsize=32768)
def _words(name: str) -> frozenset[str]:
    """Return a name's words, with digits kept on their word (`x2`, `sha256`), and the whole name without its ending."""
    lower = name.lower()
    return frozenset([*(word.lower() for word in _SHAPE.findall(name)), *split(name), lower, lower.split(".")[0]])


def _form(material: Material) -> Iterator[str]:
    """Yield generated and minified by the file's own head."""
    if material.kind.startswith("document/") and not material.kind.endswith("html"):
        yield "documentation"
    head = material.data[:2000]
    if _generated(head):
        yield "generated"
    if material.language and len(head) >= 2000 and head.count(b"\n") < 4 and head.count(b" ") < 300:
        yield "minified"


@lru_cache(maxsize=64)
def _generated(head: bytes) -> bool:
    return bool(_GENERATED.search(head) and (_TOOL.search(head) or b"DO NOT" in head))


def _compiled(material: Material) -> Iterator[str]:
    """Yield the roles of a function of an executable; what tells very many texts apart reads a configuration of all."""
    tests = (test for statement in material.statements for test in statement.tests)
    if len({test.literal.text for test in tests if test.literal and test.literal.kind == "string"}) >= _MANY:
        yield "configuration"
        return
    yield from (*_content(material), *_sources(material), *_alone(material), *_messages(material))


def _content(material: Material) -> Iterator[str]:
    """Yield roles that two different words among calls and tested subjects speak of; without names also texts."""
    compiled = material.part.kind.startswith("executable/")
    words: set[str] = set()
    for statement in material.statements:
        for call in statement.calls:
            words.update(split(call.name.rsplit(".", 1)[-1]))
        for test in statement.tests:
            words.update(_split_all(names_in(test.left)))
        if compiled:
            words.update(_split_all(literal.text for literal in statement.literals if literal.kind == "string"))
    counts: dict[str, int] = {}
    for word in words:
        for role in _CONTENT.get(word, ()):
            counts[role] = counts.get(role, 0) + 1
    yield from sorted(role for role, count in counts.items() if count >= 2)


def _sources(material: Material) -> Iterator[str]:
    """Yield the roles of the source that a function names as its own: where asserts and logs stand."""
    calls = [call for statement in material.statements for call in statement.calls]
    files = {text for call in calls for text in call.args if _SOURCE.fullmatch(text)}
    named = (call.args[at] for call in calls if -1 < (at := _ASSERTS.get(call.name, -1)) < len(call.args))
    own = {text for text in named if _OWN.fullmatch(text)}
    said = (roles_of_path(text.strip('"')) for text in files), (roles_of_name(text.strip('"')) for text in own)
    yield from sorted({role for one in chain(*said) for role in one} - INNOCENT)


def _messages(material: Material) -> Iterator[str]:
    """Yield the roles that a function of an executable shows by what it tells people, and under which name.

    One that tells many things speaks of a role only where a good part of them does.
    """
    texts = [one.text for statement in material.statements for one in statement.literals if one.kind == "string"]
    told = [set(split(text)) for text in dict.fromkeys(texts) if text.count(" ") > 1]
    counts = Counter(role for words in told for role in {role for word in words for role in _MESSAGE.get(word, ())})
    heads = (found[1] for text in texts if (found := _HEAD.match(text)))
    beside = (name.strip('"') for statement in material.statements for name in _beside_format(statement.calls))
    named = {role for name in (*heads, *beside) for role in roles_of_name(name)}
    yield from sorted({*named, *(role for role, count in counts.items() if count * _PART >= len(told))} - INNOCENT)


def _beside_format(calls: Iterable[Call]) -> Iterator[str]:
    """Yield the names that calls put into a message: of the function itself, mostly."""
    for call in calls:
        if any(_FORMAT.fullmatch(given) for given in call.args):
            yield from (given for given in call.args if _OWN.fullmatch(given) and "_" in given)


def _alone(material: Material) -> Iterator[str]:
    """Yield the roles that one call gives a function whose other calls have no names."""
    called = {call.name for statement in material.statements for call in statement.calls}
    yield from (role for role, calls in _CALLS.items() if any(calls.fullmatch(name) for name in called))


def _split_all(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from split(name)
