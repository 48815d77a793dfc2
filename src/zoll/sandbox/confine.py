"""What a child gives up before it touches hostile bytes: limits of the kernel, powers, the file system, the network.

Every step but the resource limits is done as far as the kernel allows; `confinement` says what worked here.
Landlock: https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import resource
import signal
import struct
from functools import cache
from pathlib import Path

from zoll.sandbox.limits import Limits

LIBC = ctypes.CDLL(None, use_errno=True)

SET_PDEATHSIG = 1
SET_NO_NEW_PRIVS = 38
NEW_USER, NEW_NET = 0x10000000, 0x40000000

# Landlock: the same system call numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
EXECUTE, WRITE_FILE = 1 << 0, 1 << 1
CHANGES = sum(1 << bit for bit in range(4, 13))  # remove and make files, folders, links, nodes
REFER, TRUNCATE, DEVICE = 1 << 13, 1 << 14, 1 << 15
BIND_TCP, CONNECT_TCP = 1, 2
SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1, 2


def confine(limits: Limits, scratch: Path, parent: int) -> dict[str, bool]:
    """Give up everything but reading files and writing beneath `scratch`; return what worked."""
    done = {"dies with the parent": _control(SET_PDEATHSIG, signal.SIGKILL)}
    if os.getppid() != parent:  # the parent died before the line above
        os._exit(1)
    _bound(limits)
    done["no new privileges"] = _control(SET_NO_NEW_PRIVS, 1)
    done["no network"] = LIBC.unshare(NEW_NET) == 0 or LIBC.unshare(NEW_USER | NEW_NET) == 0
    done["writes in scratch only"] = _fence(scratch)
    return done


def allow_cpu(seconds: float) -> None:
    """Let this process use `seconds` more of the processor before the kernel kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _bound(limits: Limits) -> None:
    inherited = int(_said("/proc/self/statm").split()[0]) * resource.getpagesize()
    bounds = {
        resource.RLIMIT_AS: inherited + limits.memory,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for what, wanted in bounds.items():
        hard = resource.getrlimit(what)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(what, (most, most))


def _said(path: str) -> bytes:
    """Return what the kernel says; Python's own files would copy 300 pages of the parent's for it, at each fork."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 4096)
    finally:
        os.close(descriptor)


def _control(what: int, value: int) -> bool:
    return bool(LIBC.prctl(what, value, 0, 0, 0) == 0)


def _fence(scratch: Path) -> bool:
    version = LIBC.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return False
    handled = EXECUTE | WRITE_FILE | CHANGES | _since(version, {2: REFER, 3: TRUNCATE, 5: DEVICE})
    rules = struct.pack("QQQ", handled, _since(version, {4: BIND_TCP | CONNECT_TCP}), _since(version, {6: 3}))
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(version, 24)
    ruleset = LIBC.syscall(CREATE_RULESET, rules, size, 0)
    if ruleset < 0:
        return False
    folder = os.open(scratch, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        beneath = struct.pack("=Qi", handled & ~EXECUTE, folder)
        added = LIBC.syscall(ADD_RULE, ruleset, PATH_BENEATH, beneath, 0) == 0
        return bool(added and LIBC.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(folder)
        os.close(ruleset)


def _since(version: int, bits: dict[int, int]) -> int:
    return sum(bit for first, bit in bits.items() if version >= first)


@cache
def confinement() -> dict[str, bool]:
    """Try the confinement in a child that ends at once; return what worked on this machine."""
    receive, send = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            done = confine(Limits(), Path.cwd(), parent)
            os.write(send, "\n".join(f"{name}={int(worked)}" for name, worked in done.items()).encode())
        finally:
            os._exit(0)
    os.close(send)
    with os.fdopen(receive) as answers:
        lines = answers.read().splitlines()
    os.waitpid(child, 0)
    return {name: worked == "1" for name, _, worked in (line.partition("=") for line in lines)}
