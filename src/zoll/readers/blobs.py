"""Binary parts: telling strings, formats embedded in data, windows as dense as ciphertext."""

import re
from collections import Counter
from collections.abc import Iterator

from xxhash import xxh32_hexdigest

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Reading
from zoll.parse.printable import embedded, entropies, printable
from zoll.readers.material import Material
from zoll.readers.shapes import endpoints_in, shape_of
from zoll.readers.words import shown

MOST = 20_000
PLAIN = frozenset({"sentence", "word", "format"})
TELLING = re.compile(
    rb"[/\\~][\w.-]{1,}[/\\]|://|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[a-z0-9-]{2,}\.(?:com|net|org|io|dev|"
    rb"info|ru|cn|xyz|top|example|onion|local|test)\b|%[-0-9.l]*[sdxulpc]|"
    rb"\b(?:sh|bash|curl|wget|nc|chmod|chown|rm|cat|echo|kill|sudo|su|iptables|mount|insmod|systemctl|"
    rb"telnet\w*|python|perl|base64|openssl|passwd|password|passwort|secret|token|login|admin|root|"
    rb"backdoor|debug|shell|exec|eval|cmd|powershell|SELECT|INSERT|GRANT)\b|"
    rb"-----BEGIN|ssh-(?:rsa|ed25519|dss)|AAAA[BCE]3|User-Agent|Authorization|Content-Type|X-[A-Z][a-z]+|"
    rb"HTTP/1|GET /|POST /|LD_PRELOAD|PATH=|[A-Za-z0-9+/]{40,}={0,2}|[0-9a-fA-F]{32,}|--[a-z][a-z-]{2,}|"
    rb"\$[15626][aby]?\$",
)
DENSE = 7.2
NORMALLY_DENSE = re.compile(
    r"data/(?:png|jpe?g|gif|webp|mp[34]|ogg|flac|opus|pdf|font|woff2?|matroska|avif|heic|jxl|numpy|hdf5|"
    r"pgp|gpg|keystore|ico|brotli|model)\Z|container/"
)
DOC = Doc(
    title="Binary parts: telling strings, embedded formats, dense windows",
    reads=("executable/*", "data/*"),
    yields=("string", "endpoint", "encoded"),
    limitations=(
        "at most 20,000 strings in a part",
        "functions of executables are told by their own readers",
        "in formats that are dense by nature only what stands behind their end is told",
    ),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield strings that look like commands, paths, addresses, formats or keys, then what is embedded or dense."""
    yield from _embedded(material)
    yield from _density(material)
    yield from _strings(material)


def _strings(material: Material) -> Iterator[Reading]:
    """Yield distinct telling strings, the plainest shapes last, so that a bound cuts them first."""
    texts: dict[str, None] = {}
    for _, raw in printable(material.data):
        if TELLING.search(raw[:2000]):
            text = raw[:400].decode("ascii").strip()
            if text and not _noise(text):
                texts[text] = None
    shaped = [(shape_of(text), text) for text in texts]
    kept = [pair for pair in shaped if pair[0] not in PLAIN] + [pair for pair in shaped if pair[0] in PLAIN]
    for shape, text in kept[:MOST]:
        yield material.say("string", shown(text), shape=shape)
        for kind, value, scheme, reach in endpoints_in(text):
            yield material.say("endpoint", value, 0, 0, text, type=kind, scheme=scheme, range=reach)
    if len(kept) > MOST:
        raise CannotRead("parts", f"{len(kept)} telling strings; {MOST} were kept, the plainest left out")


def _noise(text: str) -> bool:
    """Say whether a run is chance: hardly a letter, or the look of compressed bytes."""
    letters = sum(character.isalnum() or character in " ./:-_%" for character in text)
    return letters < len(text) * 0.7


def _embedded(material: Material) -> Iterator[Reading]:
    kind = material.kind
    if kind == "executable/class" or kind.startswith("container/"):
        return
    counts = Counter(
        name
        for _, name in embedded(material.data)
        if not (kind.startswith("executable/") and name in ("zstd", "class", "pdf"))
    )
    for name, count in sorted(counts.items()):
        if count <= 50:
            yield material.say("encoded", f"bytes {name} x{count}", shape="bytes", decoded=name)
    tail = _tail(material)
    if tail:
        yield material.say(
            "encoded",
            f"bytes behind the end {_bucket(len(tail))} {xxh32_hexdigest(tail)}",
            shape="bytes",
            decoded="tail",
        )


ENDS = {"data/png": b"IEND\xaeB`\x82", "data/jpeg": b"\xff\xd9", "data/gif": b"\x00;", "data/pdf": b"%%EOF"}


def _tail(material: Material) -> bytes:
    """Return what stands behind the end of a picture or document, where a viewer never looks."""
    mark = ENDS.get(material.kind)
    if not mark:
        return b""
    end = material.data.rfind(mark)
    tail = material.data[end + len(mark) :] if end >= 0 else b""
    return tail if len(tail.strip(b"\0\r\n ")) > 16 else b""


def _density(material: Material) -> Iterator[Reading]:
    if NORMALLY_DENSE.match(material.kind) or len(material.data) < 512:
        return
    dense = sum(bits > DENSE for bits in entropies(material.data))
    if dense:
        yield material.say("encoded", f"bytes dense {_bucket(dense * 4096)}", shape="bytes", entropy="7")


def _bucket(size: int) -> str:
    """Return a size as a power of two, so that a few bytes more or less are no difference."""
    return f"<{1 << max(4, size.bit_length())}"
