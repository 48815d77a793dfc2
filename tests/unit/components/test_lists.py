from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256
from json import dumps

import pytest

from zoll.components.finding import components_of
from zoll.components.lists import judged, listing_of, lists


def record(files):
    rows = (f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items())
    return "\n".join([*rows, "zq-1.0.dist-info/RECORD,,", "../../bin/zq,sha256=x,1"]).encode()


def _digest(data):
    return urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()


WHEEL = {
    "zq/__init__.py": b"one",
    "zq/_vendor/x.py": b"two",
    "zq-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: zq\nVersion: 1.0\n",
}
RECORD = {"zq-1.0.dist-info/RECORD": record(WHEEL)}


@pytest.fixture
def copies(release):
    def tell(files):
        parts, read = release(files)
        listings = [listing_of(part, read(part.digest)) for part in parts if lists(part)]
        return [one.copy for one in judged(components_of(parts, read), filter(None, listings), parts)]

    return tell


def test_a_wheel_is_full_partial_or_modified_against_its_record(copies):
    assert copies({**WHEEL, **RECORD}) == ["full"]
    assert copies({"site/" + name: data for name, data in {**WHEEL, **RECORD}.items()}) == ["full"]
    assert copies({**WHEEL, **RECORD, "zq/__pycache__/a.pyc": b"x"}) == ["full"]
    assert copies({name: data for name, data in {**WHEEL, **RECORD}.items() if "_vendor" not in name}) == ["partial"]
    assert copies({**WHEEL, **RECORD, "zq/__init__.py": b"other"}) == ["modified"]
    assert copies({**WHEEL, **RECORD, "zq/_vendor/more.py": b"planted"}) == ["modified"]
    assert copies(WHEEL) == [""]


def test_a_vendored_crate_against_its_checksums(copies):
    crate = {"v/a/Cargo.toml": b'[package]\nname = "a"\nversion = "1.0.0"\n', "v/a/src/lib.rs": b"fn x() {}"}
    told = {name.removeprefix("v/a/"): sha256(data).hexdigest() for name, data in crate.items()}
    listed = {"v/a/.cargo-checksum.json": dumps({"files": told}).encode()}
    assert copies({**crate, **listed}) == ["full"]
    assert copies({**crate, **listed, "v/a/src/lib.rs": b"fn y() {}"}) == ["modified"]
    assert copies({**crate, "v/a/.cargo-checksum.json": b"{"}) == [""]


def test_a_signed_archive_against_its_manifest(copies):
    code = b"\xca\xfe\xba\xbe\0\0\0\x34"
    digest = b64encode(sha256(code).digest()).decode()
    manifest = f"Bundle-SymbolicName: zq\nBundle-Version: 1.0\n\nName: a/B.class\nSHA-256-Digest: {digest}\n"
    files = {"zq.jar!/META-INF/MANIFEST.MF": manifest.encode(), "zq.jar!/a/B.class": code}
    assert copies(files) == ["full"]
    assert copies({**files, "zq.jar!/META-INF/ZQ.SF": b"x"}) == ["full"]
    assert copies({**files, "zq.jar!/a/C.class": code}) == ["modified"]
    assert copies({**files, "zq.jar!/a/B.class": code + b"x"}) == ["modified"]
