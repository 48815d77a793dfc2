"""Two ways to write the same, older and newer, in one language: `super(Own, self)` and `super()`, `try!(x)` and `x?`.

`respelled` returns a statement in one spelling, only where both mean the same whatever stands around. It is what two
statements are held together by; nothing that is shown or counted is made from it.
"""

import re
from functools import cache

_NAMED = r"[\w.$]{1,80}"
_ONE = r"[^(),]{1,80}"  # one plain argument

# Where no quote makes a number of a text: one sign, or none, in either of them.
_QUOTES = ("'", r"""(?<![\w"'\\])'([^'"\\$`#@%\n]?)'(?!')""", r'"\1"')

_PYTHON = (
    _QUOTES,
    (
        "Optional[",
        r"\b(?:typing\.|t\.)?Optional\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]{0,80}\]){0,120}\]){1,200})\]",
        r"\1 | None",
    ),
    ("List[", r"\b(?:typing\.|t\.)?List(?=\[)", "list"),
    ("Dict[", r"\b(?:typing\.|t\.)?Dict(?=\[)", "dict"),
    ("Tuple[", r"\b(?:typing\.|t\.)?Tuple(?=\[)", "tuple"),
    ("Set[", r"\b(?:typing\.|t\.)?Set(?=\[)", "set"),
    ("Type[", r"\b(?:typing\.|t\.)?Type(?=\[)", "type"),
    ("object", r"\(object\):", ":"),
    ("'", r"\bu(?=['\"])", ""),
    ("Error", r"\b(?:IOError|EnvironmentError|WindowsError)\b", "OSError"),
    (".error", r"\b(?:socket|select|os)\.error\b", "OSError"),
    ("OSError", r"\(OSError(?:, OSError)+\)", "OSError"),
    ("six.", r"\bsix\.(?:text_type|string_types)\b", "str"),
    ("six.", r"\bsix\.binary_type\b", "bytes"),
    ("six.", r"\bsix\.integer_types\b", "int"),
    ("not ", rf"\bnot ({_NAMED}) in ", r"\1 not in "),
    ("== None", r" == None\b", " is None"),
    ("!= None", r" != None\b", " is not None"),
    ("open(", rf"\bopen\(({_NAMED}), ?['\"]rt?['\"]\)", r"open(\1)"),
    ("code(", r"\.(en|de)code\(['\"](?i:utf-?8)['\"]\)", r".\1code()"),
    (".startswith(", rf"({_NAMED})\.startswith\(({_ONE})\) or \1\.startswith\(({_ONE})\)", r"\1.startswith((\2, \3))"),
    ("dict()", r"(?<![\w.])dict\(\)", "{}"),
    ("list()", r"(?<![\w.])list\(\)", "[]"),
)
_JAVASCRIPT = (
    _QUOTES,
    ("node:", r"(?<=['\"])node:(?=[a-z_/]{1,40}['\"])", ""),
    ("typeof", rf"\btypeof ({_NAMED}) ([=!])==? ['\"]undefined['\"]", r"\1 \2== undefined"),
    ("void 0", r"\bvoid 0\b", "undefined"),
    ("== null", rf"({_NAMED}) === undefined \|\| \1 === null", r"\1 == null"),
    ("== null", rf"({_NAMED}) === null \|\| \1 === undefined", r"\1 == null"),
    ("!== null", rf"({_NAMED}) !== undefined && \1 !== null", r"\1 != null"),
    ("!== null", rf"({_NAMED}) !== null && \1 !== undefined", r"\1 != null"),
    ("hasOwnProperty", r"\bObject\.prototype\.hasOwnProperty\.call\(", "Object.hasOwn("),
    # Only as a truth: `user?.role !== "guest"` holds where there is no user, `user && user.role !== "guest"` does not.
    (" && ", rf"(?<![\w.$!])({_NAMED}) && \1\.({_NAMED})(?=\)| && | \|\| )", r"\1?.\2"),
    ("Buffer(", rf"\bnew Buffer\(({_ONE}), ?(['\"]\w{{1,9}}['\"])\)", r"Buffer.from(\1, \2)"),
    (".subst", r"\.subst(?:r|ring)\(0, ?(\d{1,6})\)", r".slice(0, \1)"),
    (".subst", r"\.subst(?:r|ring)\((\d{1,6})\)", r".slice(\1)"),
    ("indexOf(", rf"\.indexOf\(({_ONE})\) ?(?:!==? ?-1|>= ?0|> ?-1)", r".includes(\1)"),
)
_C = (
    ("TRUE", r"\bTRUE\b", "true"),
    ("FALSE", r"\bFALSE\b", "false"),
    ("u_", r"\bu_int(8|16|32|64)_t\b", r"uint\1_t"),
    ("u_", r"\bu_(char|short|int|long)\b", r"unsigned \1"),
    ("bzero(", rf"^bzero\(({_ONE}), ?(.{{1,80}})\)(;?)$", r"memset(\1, 0, \2)\3"),
    ("alloc(", r"= ?\((?:struct )?\w{1,60} ?\*{1,3}\) ?(?=\w{0,40}alloc\()", "= "),
    ("EVP_", r"\bEVP_MD_CTX_create\b", "EVP_MD_CTX_new"),
    ("EVP_", r"\bEVP_MD_CTX_destroy\b", "EVP_MD_CTX_free"),
)
_CPP = (
    *_C,
    ("NULL", r"\bNULL\b", "nullptr"),
    ('== ""', rf'({_NAMED}) == ""', r"\1.empty()"),
    (".end()", rf"({_NAMED})\.find\(({_ONE})\) == \1\.end\(\)", r"!\1.contains(\2)"),
    (".end()", rf"({_NAMED})\.find\(({_ONE})\) != \1\.end\(\)", r"\1.contains(\2)"),
    ("boost::", r"\bboost::(?=(?:shared_ptr|make_shared|weak_ptr|function|bind|optional|thread|mutex)\b)", "std::"),
)
_GO = (
    ("interface", r"\binterface ?\{\}", "any"),
    ("ioutil.", r"\bioutil\.(ReadAll|Discard|NopCloser)\b", r"io.\1"),
    ("ioutil.", r"\bioutil\.(ReadFile|WriteFile)\b", r"os.\1"),
    ("ioutil.", r"\bioutil\.TempDir\b", "os.MkdirTemp"),
    ("ioutil.", r"\bioutil\.TempFile\b", "os.CreateTemp"),
    ("NewRequest(", r"\bhttp\.NewRequest\(", "http.NewRequestWithContext(context.Background(), "),
    ("err ", r"\berr == (io\.EOF|(?:\w{1,40}\.)?Err\w{1,60})\b", r"errors.Is(err, \1)"),
    ("err ", r"\berr != (io\.EOF|(?:\w{1,40}\.)?Err\w{1,60})\b", r"!errors.Is(err, \1)"),
    ("Index(", rf"\bstrings\.Index\(({_ONE}, {_ONE})\) (?:>= 0|!= -1|> -1)", r"strings.Contains(\1)"),
)
_PHP = (
    _QUOTES,
    ("array(", r"\barray\(([^()]{0,300})\)", r"[\1]"),
    ("is_null", r"(?<!!)\bis_null\((\$[\w>-]{1,80})\)", r"\1 === null"),
    ("is_a(", r"\bis_a\((\$[\w>-]{1,80}), ?'\\?([\w\\]{1,80})'\)", r"\1 instanceof \2"),
    ("isset", r"\bisset\((\$[\w>'\"\[\]-]{1,80})\) \? \1 : ", r"\1 ?? "),
)
_RUBY = (
    _QUOTES,
    ("=>", r"(?<![\w:]):(\w{1,60})\s{0,4}=>\s{0,4}", r"\1: "),
    # Only as a truth, as in JavaScript.
    (" && ", r"(?<![\w.@!])(@?[\w.]{1,80}) && \1\.(\w{1,60}[?]?)(?=\Z| && | \|\| |\))", r"\1&.\2"),
)
_LUA = (
    _QUOTES,
    ("unpack(", r"(?<![\w.:])unpack\(", "table.unpack("),
)
_SHELL = (
    ("`", r"(?<!\\)`([^`$\\]{1,300})`", r"$(\1)"),
    ("egrep", r"\begrep\b", "grep -E"),
    ("docker-compose", r"\bdocker-compose\b", "docker compose"),
    ("which ", r"(?<![\w./-])which (?=[\w$\"./{}-]{1,80}(?:\Z|[ ;)]))", "command -v "),
    ("fgrep", r"\bfgrep\b", "grep -F"),
    ("[ ", r" -a (?=-[a-z] )", " ] && [ "),
)
_RUST = (("try!", r"\btry!\(([^()]{1,200}(?:\([^()]{0,200}\))?)\)", r"\1?"),)
_JAVA = (
    ('"".equals', rf'(?<!!)""\.equals\(({_NAMED})\)', r"\1.isEmpty()"),
    ("new ", r"\bnew (\w{1,60})<[^<>()]{1,80}>\(", r"new \1<>("),
)
_TABLE = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _JAVASCRIPT,
    "c": _C,
    "cpp": _CPP,
    "go": _GO,
    "php": _PHP,
    "ruby": _RUBY,
    "shell": _SHELL,
    "rust": _RUST,
    "lua": _LUA,
    "java": _JAVA,
}
_SUPER = re.compile(r"\bsuper\(\s{0,40}(\w{1,80}),\s{0,40}(?:self|cls),?\s{0,40}\)")
_LONGEST = 2000


@cache
def _compiled(language: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((needle, re.compile(old), new) for needle, old, new in _TABLE.get(language, ()))


def respelled(text: str, language: str, owner: str = "") -> str:
    """Return a statement in its one spelling; `owner` is the class that it stands in, "" for none.

    >>> respelled("raise Denied if not user in known", "python")
    'raise Denied if user not in known'
    """
    if len(text) > _LONGEST:
        return text
    for needle, old, new in _compiled(language):
        if needle in text:
            text = old.sub(new, text)
    if language == "python" and owner and "super(" in text:
        return _SUPER.sub(lambda found: "super()" if found[1] == owner else found[0], text)
    return text


def as_super(text: str, other: str) -> str:
    """Return a text with `super()` for the older spelling where the other text has it.

    >>> as_super("super(Own, self).go(1)", "super().go(2)")
    'super().go(1)'
    """
    return _SUPER.sub("super()", text) if "super()" in other and "super(" in text else text
