"""Apply a plant to a real tree and say where it stands."""

import tomllib
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class PlantError(Exception):
    """The recipe's text does not stand exactly once in the file it names, or that is a link."""


@dataclass(frozen=True)
class Plant:
    """One planted change: a base pair, the edits, and what a finding must point at."""

    id: str
    pair: str
    family: str
    attack_class: str
    difficulty: int
    what: str
    form: str
    edits: list[dict[str, Any]]
    blind: bool = False
    ways: str = field(default="", repr=False)  # of a plant in a program that is built, see `built.toml`


def read_plants(folder: Path = HERE / "plants") -> list[Plant]:
    """Every recipe; a file may give one edit at top level or several as `[[edit]]`."""
    return [read_plant(file) for file in sorted(folder.glob("*.toml"))]


def read_plant(file: Path) -> Plant:
    """One recipe."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    edits = raw.get("edit") or [raw]
    form = raw.get("form", "")
    words = (raw["pair"], raw["family"], raw["class"], raw["difficulty"], raw["what"])
    return Plant(file.stem, *words, form, edits, raw.get("blind", False), raw.get("ways", ""))


def apply(plant: Plant, tree: Path) -> list[dict[str, Any]]:
    """Change the tree; give the truth: one entry per edit that a finding may point at."""
    truth: list[dict[str, Any]] = []
    for edit in plant.edits:
        span, more = apply_edit(edit, tree)
        path = shown(edit["file"])
        for earlier in truth:
            if earlier["path"] == path and earlier["lines"][0] > span[0]:
                earlier["lines"] = [line + more for line in earlier["lines"]]
        if edit.get("truth", True):
            truth.append({"path": path, "lines": span, "symbol": edit.get("symbol")})
    keep_digests(tree, [edit["file"] for edit in plant.edits])
    return truth


def keep_digests(tree: Path, changed: list[str]) -> None:
    """Keep a Debian package's own list of digests true, as its build would."""
    listing = tree / "DEBIAN" / "md5sums"
    if not listing.exists():
        return
    ours = sorted({path for path in changed if not path.startswith("DEBIAN/")})
    lines = [line for line in listing.read_text(encoding="utf-8").splitlines() if line.partition("  ")[2] not in ours]
    lines += [f"{md5((tree / path).read_bytes(), usedforsecurity=False).hexdigest()}  {path}" for path in ours]
    listing.unlink()
    listing.write_text("\n".join(sorted(lines, key=lambda line: line.partition("  ")[2])) + "\n", encoding="utf-8")


def shown(path: str) -> str:
    """Name a maintainer script or a shipped file as an artifact does, without the unpacker's own folder."""
    return path.removeprefix("DEBIAN/")


def apply_edit(edit: dict[str, Any], tree: Path) -> tuple[list[int], int]:
    """Replace or add one file; give first and last line of what differs, and by how many lines the file grew."""
    target = tree / edit["file"]
    if target.is_symlink() or target.parent.resolve() != tree.resolve() / Path(edit["file"]).parent:
        raise PlantError(f"{edit['file']}: a link, or below one; name the file it leads to")
    before = target.read_bytes().decode("utf-8", "surrogateescape") if target.exists() else ""
    after = edit["text"] if "text" in edit else replaced(before, edit)
    mode = target.stat().st_mode if target.exists() else 0o644
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(after.encode("utf-8", "surrogateescape"))
    target.chmod(edit.get("mode", mode & 0o777))
    return changed_lines(before.split("\n"), after.split("\n")), after.count("\n") - before.count("\n")


def replaced(before: str, edit: dict[str, Any]) -> str:
    """Swap the text to find for the new one; `at` picks an occurrence (from 1) when there are several."""
    find, new, at = edit["find"], edit["replace"], edit.get("at")
    count = before.count(find)
    if not count or (count > 1 and at is None):
        raise PlantError(f"{edit['file']}: the text to find stands {count} times")
    start = -1
    for _ in range(at or 1):
        start = before.index(find, start + 1)
    return before[:start] + new + before[start + len(find) :]


def changed_lines(old: list[str], new: list[str]) -> list[int]:
    """First and last changed line, in the new file; a pure removal gives the line that closed the hole."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [head + 1, max(len(new) - tail, head + 1)]
