"""The public index and registry, used where the user configured none; the package URL library knows where they are."""

from urllib.parse import urljoin

from packageurl.contrib import purl2url


def python_index() -> str:
    """Return the simple index that pip asks without configuration."""
    return urljoin(purl2url.get_repo_url("pkg:pypi/name") or "", "/simple")  # type: ignore[no-untyped-call]  # the library has no types


def npm_registry() -> str:
    """Return the registry that npm asks without configuration, with a slash at its end."""
    return urljoin(purl2url.get_download_url("pkg:npm/name@1") or "", "/")  # type: ignore[no-untyped-call]  # the library has no types
