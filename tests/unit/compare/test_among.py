"""One more of a kind that the old function had several of."""

from hashlib import sha256

import pytest

from zoll.model import Pair, Part, Place
from zoll.pipeline.reading import read_pair

PARSER = """
void parse(struct song *s, char *line)
{
    if (!strncasecmp(line, "BAND=", 5))
        s->names[BAND] = strdup(line + 5);
    else if (!strncasecmp(line, "TITLE=", 6))
        s->names[TITLE] = strdup(line + 6);
    else if (!strncasecmp(line, "GENRE=", 6))
        s->names[GENRE] = strdup(line + 6);
    finish(s);
}
"""
ONE_MORE = """    else if (!strncasecmp(line, "MOOD=", 5))
        s->names[MOOD] = strdup(line + 5);
"""
OPTIONS = """
def decode(token, options):
    if not options["verify_signature"]:
        options.setdefault("verify_exp", False)
        options.setdefault("verify_nbf", False)
        options.setdefault("verify_aud", False)
    return load(token, options)
"""
SUFFIX = """
int is_video(const char *file)
{
    return ends_with(file, ".mpg") || ends_with(file, ".avi") || ends_with(file, ".mov");
}
"""
MODES = """
int allowed(struct peer *p)
{
    if (p->mode == MODE_OPEN)
        return 1;
    if (p->mode == MODE_SHUT)
        return 0;
    return check(p);
}
"""


def told(old, new, language="c"):
    held = {sha256(text.encode()).hexdigest(): text.encode() for text in (old, new)}
    parts = [Part(Place(("d",)), f"code/{language}", digest, len(text)) for digest, text in held.items()]
    answer = read_pair(Pair(*parts, "place"), held.__getitem__)
    return [one.fact.value for change in answer.changes for one in change.gained if one.fact.kind == "among"]


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        (PARSER, PARSER.replace("    finish", ONE_MORE + "    finish"), "c"),
        (
            OPTIONS,
            OPTIONS.replace("    return", '        options.setdefault("verify_sub", False)\n    return'),
            "python",
        ),
        (SUFFIX, SUFFIX.replace('".mov")', '".mov") || ends_with(file, ".rm")'), "c"),
    ],
)
def test_one_more_of_its_kind(old, new, language):
    assert told(old, new, language) == ["like"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PARSER, PARSER.replace("    finish", ONE_MORE.replace("strdup(line", "run(line") + "    finish")),
        (PARSER, PARSER.replace("    finish", ONE_MORE.replace("names[MOOD]", "uid") + "    finish")),
        (PARSER, PARSER.replace("finish(s);", 'finish(s);\n    if (!strcmp(line, "MOOD"))\n        s->open = 1;')),
        (PARSER, PARSER.replace('"TITLE="', '"NAME="')),
        (SUFFIX, SUFFIX.replace('".mov")', '".mov") || starts_with(file, ".rm")')),
        (
            MODES,
            MODES.replace("    return check", "    if (p->mode == MODE_TEST)\n        return 1;\n    return check"),
        ),
    ],
)
def test_what_does_something_otherwise_is_not(old, new):
    assert told(old, new) == []
