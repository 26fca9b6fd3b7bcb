"""Takes files, network and other processes away from the calling process, for good (Linux; no privilege needed).

Layers, each of which holds alone: Landlock (files, TCP, signals), seccomp (system calls), rlimits. The order matters:
Landlock does not reach threads that exist already, seccomp with TSYNC does. What the kernel lacks is left out and told.
"""

import ctypes
import errno
import json
import os
import platform
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource  # here: after Landlock nothing more can be imported

MEGABYTE = 1 << 20

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9

# linux/landlock.h. Rights that each version of the interface added to its first 13.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_FIRST_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_READ_FILE, _FILE_RIGHTS = 1 << 2, 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14
_TCP_RIGHTS, _TCP_SINCE = 3, 4
_SCOPES, _SCOPES_SINCE = 3, 6  # abstract sockets, signals
_RULE_PATH_BENEATH = 1

# linux/seccomp.h, linux/filter.h
_LOAD, _JUMP_EQUAL, _JUMP_SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_SET_FILTER, _TSYNC = 1, 1
_CLONE_THREAD = 0x00010000


@dataclass(frozen=True, slots=True)
class Confinement:
    """Which layers hold.

    landlock  version of the kernel's interface; 0 when it does not hold
    seccomp   system calls are limited to an allow-list, in all threads
    memory    the address space is limited
    """

    landlock: int = 0
    seccomp: bool = False
    memory: bool = False

    @property
    def keeps_files(self) -> bool:
        """Whether nothing the process runs can read a file or call out."""
        return self.landlock > 0 or self.seccomp


@dataclass(frozen=True, slots=True)
class _Machine:
    """System calls of one processor type: what a query needs once the graph is loaded, and the numbers of a few."""

    audit: int
    seccomp: int
    clone: int
    clone3: int
    allowed: tuple[int, ...]


# read write close lseek pread readv writev, mmap mprotect munmap brk mremap madvise mincore msync, signals, timers,
# futex and scheduling, getrandom, exit. No open, socket, connect, execve, fork, kill or ptrace.
_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        seccomp=317,
        clone=56,
        clone3=435,
        allowed=(
            *(0, 1, 3, 5, 7, 8, 17, 19, 20, 271),
            *(9, 10, 11, 12, 25, 26, 27, 28),
            *(13, 14, 15, 131),
            *(16, 24, 35, 38, 39, 72, 96, 97, 98, 99, 158, 160, 186, 202, 203, 204, 218, 228, 229, 230, 247, 262, 273),
            *(302, 318, 334, 60, 231),
        ),
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        seccomp=277,
        clone=220,
        clone3=435,
        allowed=(
            *(63, 64, 57, 80, 62, 65, 67, 66, 73),
            *(222, 226, 215, 214, 216, 227, 232, 233),
            *(134, 135, 139, 132),
            *(29, 124, 101, 103, 172, 25, 169, 163, 164, 165, 179, 178, 98, 122, 123, 96, 113, 114, 115, 99),
            *(261, 278, 293, 93, 94),
        ),
    ),
}


def main() -> None:
    """Tries every layer on this process and prints which hold."""
    sizes = open_sizes()
    may_confine = give_up_privileges()
    landlock = restrict_files([], []) if may_confine else 0
    memory = restrict_memory(64, sizes)
    seccomp = restrict_calls() if may_confine else False
    print(json.dumps({"landlock": landlock, "seccomp": seccomp, "memory": memory}))


def end_with_parent(parent: int) -> None:
    """Ties the process to the thread that started it and to `parent`; leaves at once when that is gone already."""
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)


def give_up_privileges() -> bool:
    """No new privileges, no debugger, no core files. Whether the first holds: seccomp and Landlock need it."""
    if sys.platform != "linux":
        return False
    _prctl(_PR_SET_DUMPABLE, 0)
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0


def restrict_files(readable: Sequence[Path], writable: Sequence[Path]) -> int:
    """Leaves reading the first and working below the second; no TCP, no signals out. The version in force, or 0."""
    if sys.platform != "linux":
        return 0
    version = _syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return 0
    rights = _FIRST_RIGHTS
    for since, right in _LATER_RIGHTS.items():
        rights |= right if version >= since else 0
    ruleset = _make_ruleset(version, rights)
    if ruleset < 0:
        return 0
    try:
        rules = [(path, _READ_FILE) for path in readable] + [(path, rights) for path in writable]
        added = all(_allow_path(ruleset, path, allowed) for path, allowed in rules)
        return version if added and _syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0 else 0
    finally:
        os.close(ruleset)


def restrict_calls() -> bool:
    """Leaves only the system calls that a query needs, in all threads; others answer EACCES. Whether it holds."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return False
    program = b"".join(_filter(machine))
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    return _syscall(machine.seccomp, _SET_FILTER, _TSYNC, ctypes.create_string_buffer(header, 16)) == 0


def open_sizes() -> int | None:
    """A descriptor that tells the process its size later, when it can open nothing any more; None without one."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None


def restrict_memory(megabytes: int, sizes: int | None, spare: int = 0) -> bool:
    """Lets the address space grow by this much from now on; no files may be written. Whether the first holds.

    spare  by how much more `allow_memory` may let it grow later
    """
    if sys.platform == "win32":
        return False
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sizes is None:
        return False
    limit = _address_space(sizes) + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit + spare * MEGABYTE))
    return True


def allow_memory(megabytes: int | None, sizes: int | None) -> None:
    """Moves the limit on the address space to this much over its size; None: as far as `restrict_memory` left it."""
    if sys.platform == "win32" or sizes is None:
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = most if megabytes is None else min(most, _address_space(sizes) + megabytes * MEGABYTE)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _address_space(sizes: int) -> int:
    return int(os.pread(sizes, 100, 0).split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _make_ruleset(version: int, rights: int) -> int:
    tcp = _TCP_RIGHTS if version >= _TCP_SINCE else 0
    scopes = _SCOPES if version >= _SCOPES_SINCE else 0
    size = 8 if version < _TCP_SINCE else 16 if version < _SCOPES_SINCE else 24
    return _syscall(_LANDLOCK_CREATE, struct.pack("QQQ", rights, tcp, scopes), size, 0)


def _allow_path(ruleset: int, path: Path, rights: int) -> bool:
    if not path.is_dir():
        rights &= _FILE_RIGHTS
    opened = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    try:
        return _syscall(_LANDLOCK_ADD, ruleset, _RULE_PATH_BENEATH, struct.pack("<Qi", rights, opened), 0) == 0
    finally:
        os.close(opened)


def _filter(machine: _Machine) -> Iterator[bytes]:
    """The seccomp program: architecture, threads only by clone, then the list."""
    yield _step(_LOAD, 4)
    yield _step(_JUMP_EQUAL, machine.audit, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, 0)
    # glibc falls back from clone3 to clone, whose flags can be read here.
    yield _step(_JUMP_EQUAL, machine.clone3, 0, 1)
    yield _step(_RETURN, _ERRNO | errno.ENOSYS)
    yield _step(_JUMP_EQUAL, machine.clone, 0, 3)
    yield _step(_LOAD, 16)
    yield _step(_JUMP_SET, _CLONE_THREAD, 0, 1)
    yield _step(_RETURN, _ALLOW)
    yield _step(_LOAD, 0)
    count = len(machine.allowed)
    for place, call in enumerate(machine.allowed):
        yield _step(_JUMP_EQUAL, call, count - place, 0)
    yield _step(_RETURN, _ERRNO | errno.EACCES)
    yield _step(_RETURN, _ALLOW)


def _step(code: int, value: int, jump_true: int = 0, jump_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, jump_true, jump_false, value)


def _prctl(option: int, value: int) -> int:
    return int(ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), 0, 0, 0))


def _syscall(number: int, *arguments: object) -> int:
    """The call's result; -1 when the kernel refuses or lacks it."""
    converted = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *converted))
