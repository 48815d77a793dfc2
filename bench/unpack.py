"""Unpack artifacts into plain folders, and pack a changed folder again as it would ship."""

import base64
import io
import os
import shutil
import subprocess
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

EPOCH = (2020, 1, 1, 0, 0, 0)


def unpack(artifact: Path, into: Path) -> None:
    """Unpack one artifact so that `into` is the root of the release; nothing leaves `into`, nothing runs."""
    shutil.rmtree(into, ignore_errors=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    if artifact.suffix in (".whl", ".jar"):
        zipfile.ZipFile(artifact).extractall(into)
    elif artifact.suffix == ".tgz" or ".tar." in artifact.name:
        unpack_tar(artifact, into)
    elif artifact.suffix == ".dsc":
        quiet(["dpkg-source", "--no-check", "--no-copy", "-x", str(artifact), str(into)])
        shutil.rmtree(into / ".pc", ignore_errors=True)  # quilt's copies of what its patches change
    elif artifact.suffix == ".deb":
        quiet(["dpkg-deb", "-R", str(artifact), str(into)])
    else:
        raise ValueError(f"no way to unpack {artifact.name}")


def unpack_tar(artifact: Path, into: Path) -> None:
    """Write the plain files of an archive without its first folder; Debian's 3.11.2 has no filters."""
    with tarfile.open(artifact) as archive:
        for member in archive:
            rest = member.name.partition("/")[2]
            if rest and member.isfile():
                write_inside(into, rest, read_member(archive, member), runs=bool(member.mode & 0o100))


def write_inside(folder: Path, name: str, body: bytes, *, runs: bool) -> None:
    """Write a file; a name that climbs out is a ValueError."""
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name} leads out of its archive")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.write_bytes(body)
    target.chmod(0o755 if runs else 0o644)


def quiet(command: list[str]) -> None:
    """Run an unpacking tool and keep it silent."""
    subprocess.run(command, check=True, capture_output=True)


def clone(tree: Path, into: Path) -> None:
    """Copy a tree by hard links; whoever changes a file must replace it, not write into it."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(tree, into, symlinks=True, copy_function=os.link)


def repack(artifact: Path, tree: Path, changed: list[str], into: Path) -> Path:
    """Write the artifact again with the changed files of the tree in it."""
    into.mkdir(parents=True, exist_ok=True)
    target = into / artifact.name
    target.unlink(missing_ok=True)
    if artifact.suffix == ".whl":
        repack_wheel(artifact, tree, changed, target)
    elif artifact.suffix == ".tgz":
        repack_tar(artifact, tree, changed, target)
    elif artifact.suffix == ".deb":
        quiet(["dpkg-deb", "--root-owner-group", "-b", str(tree), str(target)])
    else:
        raise ValueError(f"no way to pack {artifact.name} again")
    return target


def repack_wheel(artifact: Path, tree: Path, changed: list[str], target: Path) -> None:
    """Rewrite a wheel, its RECORD kept true."""
    with zipfile.ZipFile(artifact) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            body = old.read(item)
            if item.filename in changed:
                body = (tree / item.filename).read_bytes()
            elif item.filename.endswith(".dist-info/RECORD"):
                body = true_record(body.decode(), tree, changed).encode()
            new.writestr(zipfile.ZipInfo(item.filename, item.date_time), body, zipfile.ZIP_DEFLATED)
        for path in set(changed) - set(old.namelist()):
            new.writestr(zipfile.ZipInfo(path, EPOCH), (tree / path).read_bytes(), zipfile.ZIP_DEFLATED)


def true_record(record: str, tree: Path, changed: list[str]) -> str:
    """Give the RECORD with right digests for the changed files, each on its line; new files come before the last."""
    lines = record.splitlines()
    listed = [line.partition(",")[0] for line in lines]
    for path in dict.fromkeys(changed):
        body = (tree / path).read_bytes()
        digest = base64.urlsafe_b64encode(sha256(body).digest()).rstrip(b"=").decode()
        line = f"{path},sha256={digest},{len(body)}"
        if path in listed:
            lines[listed.index(path)] = line
        else:
            lines.insert(len(lines) - 1, line)
    return "\n".join(lines) + "\n"


def repack_tar(artifact: Path, tree: Path, changed: list[str], target: Path) -> None:
    """Rewrite an npm archive."""
    left = set(changed)
    with tarfile.open(artifact) as old, tarfile.open(target, "w:gz") as new:
        first = ""
        for member in old:
            first, _, rest = member.name.partition("/")
            body = (tree / rest).read_bytes() if rest in left else read_member(old, member)
            left.discard(rest)
            put(new, member, body)
        for path in sorted(left):
            put(new, tarfile.TarInfo(f"{first}/{path}"), (tree / path).read_bytes())


def read_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """Give the bytes of a plain file; folders and links have none."""
    file = archive.extractfile(member) if member.isfile() else None
    return file.read() if file else b""


def put(archive: tarfile.TarFile, member: tarfile.TarInfo, body: bytes) -> None:
    """Add a member with these bytes."""
    member.size = len(body)
    archive.addfile(member, io.BytesIO(body))
