"""A release from names and bytes."""

from hashlib import sha256

import pytest

from zoll.components.finding import components_of
from zoll.model import Part, Place
from zoll.parse.kinds import kind_of


@pytest.fixture
def release():
    """Return a function that makes (parts, read) from {place: bytes}; `!/` parts the hops."""

    def make(files):
        kept, parts = {}, []
        for name, data in files.items():
            digest = sha256(data).hexdigest()
            kept[digest] = data
            hops = tuple(name.split("!/"))
            parts.append(Part(Place(hops), kind_of(hops[-1], data), digest, len(data)))
        return parts, kept.__getitem__

    return make


@pytest.fixture
def told(release):
    """Return a function that tells the components of {place: bytes}: one line each."""

    def tell(files):
        parts, read = release(files)
        return [f"{one.name} {one.version} {one.at.path or '.'} {one.by}" for one in components_of(parts, read)]

    return tell
