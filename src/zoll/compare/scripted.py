"""What a shell script did to protect itself: another user, a check of what was fetched, a name nobody can tell, a mask.

A shell goes on behind a command that fails unless somebody asks, so what a line no longer says is all there is to see.
"""

import re
from collections.abc import Iterable, Iterator

from zoll.compare.lost import Lost
from zoll.compare.statements import Run
from zoll.compare.view import View
from zoll.parse.code import Statement

# Who runs a command as somebody else than root; the user's name, where it stands at a known place.
_USER = r"[\"']?(?!root\b|0\b)([\w$@{}.:-]{2,60})"
_AS_USER = re.compile(
    r"(?:^|[\s;&|(])(?:sudo\s(?:-\S+\s)*?-u\s?|runuser\s(?:-\S+\s)*?-u\s|setpriv\s(?:.*\s)?--reuid[= ]|"
    r"chpst\s(?:-\S+\s)*?-u\s|(?:s6-)?setuidgid\s|gosu\s|su-exec\s|start-stop-daemon\s(?:.*\s)?(?:--chuid[= ]|-c\s?)|"
    rf"daemon\s(?:.*\s)?--user[= ]|su\s(?:-\s|-l\s)?(?=[a-z$\"])){_USER}"
    r"|(?:^|[\s;&|(])(?:su|runuser)\s(?=.*\s-c\s).*\s(?!root\Z)([\w${}-]{2,40})\Z"
)
_VERIFIES = re.compile(
    r"\b(?:(sha\d+sum|md5sum|b2sum|shasum|cksum)\s(?:.*\s)?(?:-\w*c\b|--check\b)|(gpgv2?)\s|(gpg2?)\s(?:.*\s)?--verify\b|"
    r"(minisign|signify(?:-openbsd)?)\s(?:.*\s)?-\w*V|(cosign)\sverify|(openssl)\s(?:dgst|pkeyutl|cms|smime)\s(?:.*\s)?-verify|"
    r"(rpm(?:keys)?)\s(?:.*\s)?(?:-K\b|--checksig)|(slsa-verifier|dscverify)\s)"
)
_DRAWN = re.compile(r"\bmktemp\b")
_MADE = re.compile(r"(?:^|[._])mk(?:o?s?temps?|dtemp)\Z|NamedTemporaryFile\Z|^tmpfile\Z")
_ONLY_TOLD = re.compile(r"(?:^|[._])(?:mktemp|tmpnam(?:_r)?|tempnam)\Z")
_SHARED = re.compile(r"(?<![\w/])[\"']?(?:/tmp|/var/tmp|\$\{?TMPDIR(?::-/tmp)?\}?)/(?!.*X{3})")
_NOTHING = re.compile(
    r"(?:/bin/)?true|:|(?:echo|printf|logger|log(?:_\w{2,8})?|warn(?:ing)?)\b(?!.*\b(?:exit|return|kill)\b).*"
)
# Options without which a command goes further, takes more or believes more.
_KEEPS = re.compile(
    r"(?<=\s)(--https-only|--proto[= ]=?'?=?https'?|--one-file-system|-xdev|--no-same-owner|--no-same-permissions|"
    r"--no-overwrite-dir|--keep-directory-symlink|--safe-links|--munge-links|--preserve-root|--no-dereference|"
    r"--no-target-directory|--line-regexp|--fixed-strings|--strict\S*|--require-\S+|--verify\S*|--check\S*|--locked|--frozen\S*)"
    r"(?=\s|\Z)"
)
_RING = re.compile(r"\bgpgv?2?\s.*?(--(?:keyring|no-default-keyring|assert-signer)(?:[= ]\S+)?)")
_COMMAND = re.compile(r"[A-Za-z_./$\"{][\w./$\"{}:-]*")
_MASK = re.compile(r"umask\s+0?[0-7]?[2-7]7\Z")
_CLIP = 1000
_MOST = 200


def scripted(view: View) -> Iterator[Lost]:
    """Yield what the lines of a script no longer do to protect it."""
    for index, run in enumerate(view.runs):
        olds = [view.sides[0][one] for one in range(*run.old)][:_MOST]
        olds = [one for one in olds if _is_shell(one)]
        yield from _undrawn_name(view, index, run)
        if not olds:
            yield from _passed_over(view, index, run) if view.language == "shell" else ()
            continue
        news = [view.sides[1][two] for two in range(*run.new)][:_MOST]
        yield from _as_itself(index, olds, news)
        yield from _predictable(index, olds, news)
        yield from _unverified(view, index, run, olds)
        yield from _passed_over(view, index, run)
        yield from _without_option(view, index, run)


def _is_shell(one: Statement) -> bool:
    """Tell whether a statement is a command of a shell: its words stand behind one another."""
    return (
        bool(one.calls)
        and not one.text.rstrip().endswith(";")
        and bool(_COMMAND.match(one.text))
        and "(" not in (one.text[: len(one.calls[0].name) + 1])
    )


def _as_itself(index: int, olds: Iterable[Statement], news: list[Statement]) -> Iterator[Lost]:
    """Yield what ran as a user of its own and runs as who starts the script now, mostly root."""
    for one in olds:
        found = _AS_USER.search(one.text[:_CLIP])
        if not found or any(_AS_USER.search(two.text[:_CLIP]) for two in news):
            continue
        words = _programs(one.text)
        same = next((two for two in news if two.calls and _programs(two.text) & words), None)
        if same:
            yield Lost(index, "guard", same.text, found[1] or found[2], "unprivileged", "user", same.line)


def _programs(text: str) -> set[str]:
    """Return the words of a command that name what is run: paths and what variables hold."""
    return {word.strip("\"';") for word in text.split() if "/" in word or "$" in word} - {"/bin/sh", "/bin/bash"}


def _predictable(index: int, olds: Iterable[Statement], news: list[Statement]) -> Iterator[Lost]:
    """Yield a file with a drawn name that now has one, where everybody may write, that anybody can tell."""
    for one in olds:
        if one.target and _DRAWN.search(one.value):
            two = next((two for two in news if two.target == one.target), None)
            if two and _SHARED.search(two.value) and not _DRAWN.search(two.value):
                yield Lost(index, "call", two.text, "mktemp", "predictable", "path", two.line)


def _undrawn_name(view: View, index: int, run: Run) -> Iterator[Lost]:
    """Yield a file that was made under a drawn name at once, and is now only told a name that nobody has yet."""
    for other in range(run.new[0], min(run.new[1], run.new[0] + _MOST)):
        two = view.sides[1][other]
        told = next((call for call in two.calls if _ONLY_TOLD.search(call.name)), None)
        made = [name for name in view.calls[0] if _MADE.search(name) and view.calls[1][name] < view.calls[0][name]]
        if told and made and "O_EXCL" not in two.text and not view.calls[0][told.name.rsplit(".", 1)[-1]]:
            yield Lost(index, "call", two.text, told.name, "predictable", "path", two.line)


def _unverified(view: View, index: int, run: Run, olds: Iterable[Statement]) -> Iterator[Lost]:
    """Yield a check of what was fetched, and a mask for what is made, that are gone without another in their place."""
    line = view.sides[1][run.new[0]].line if run.new[0] < len(view.sides[1]) else 0
    for one in olds:
        found = _VERIFIES.search(one.text[:_CLIP])
        if found and not any(_VERIFIES.search(two.text[:_CLIP]) for two in view.sides[1]):
            yield Lost(index, "guard", one.text, next(filter(None, found.groups())), "unverified", "", line)
        elif _MASK.match(one.text) and not any("umask" in two.text for two in view.sides[1]):
            yield Lost(index, "call", one.text, one.text, "unmasked", "mode", line)


def _passed_over(view: View, index: int, run: Run) -> Iterator[Lost]:
    """Yield a check whose failure is now answered with success: `gpgv x || true`."""
    new = view.sides[1]
    for other in range(run.new[0], min(run.new[1], run.new[0] + _MOST)):
        two = new[other]
        if (call := _listed(two)) and _stood_bare(view, two):
            yield Lost(index, "guard", two.text, call, "swallowed", "", two.line)
            continue
        found = _VERIFIES.search(two.text[:_CLIP]) if two.word == "||" else None
        after = new[other + 1] if found and other + 1 < len(new) else None
        if not found or not after or after.within != other or not _NOTHING.fullmatch(after.text.strip()):
            continue
        if any(old.text.startswith(two.text) and old.word != "||" for old in view.sides[0]):
            yield Lost(index, "guard", two.text, next(filter(None, found.groups())), "swallowed", "", two.line)


def _stood_bare(view: View, two: Statement) -> bool:
    """Tell whether a check stood in the old script without what makes its failure a success now."""
    bare = any(_VERIFIES.search(old.text[:_CLIP]) and old.text in two.text for old in view.sides[0])
    return bare and not any(old.text == two.text for old in view.sides[0])


def _listed(two: Statement) -> str:
    """Return the check that stands in brackets before what makes its failure a success: `(cd a && gpgv x) || true`."""
    inner, _, rest = two.text[:_CLIP].rpartition("||") if two.word == "list" else ("", "", "")
    found = _VERIFIES.search(inner) if inner and _NOTHING.fullmatch(rest.strip()) else None
    return next(filter(None, found.groups())) if found else ""


def _without_option(view: View, index: int, run: Run) -> Iterator[Lost]:
    """Yield an option that kept a command to something and is gone from it."""
    for place, other in run.pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        if not (one.calls and two.calls and one.calls[0].name == two.calls[0].name and _is_shell(one)):
            continue
        found = _KEEPS.search(one.text[:_CLIP])
        if found and found[1] not in two.text and set(two.text.split()) <= set(one.text.split()):
            yield Lost(index, "call", two.text, found[1], "unlimited", "", two.line)
        elif (ring := _RING.search(one.text[:_CLIP])) and not _RING.search(two.text) and "verify" in two.text:
            yield Lost(index, "call", two.text, ring[1], "unlimited", "", two.line)
