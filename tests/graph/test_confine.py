"""What a process can still do once confined: each way out is tried in a process of its own."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.graph.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is Linux's")

WAYS_OUT = {
    "read a file": "os.open('/etc/passwd', os.O_RDONLY)",
    "write a file": "os.open('/tmp/claimgraph-escape', os.O_CREAT | os.O_WRONLY)",
    "list a folder": "os.listdir('/')",
    "remove a file": "os.unlink('/tmp/claimgraph-nothing')",
    "connect": "socket.create_connection(('127.0.0.1', 9), 1)",
    "make a datagram socket": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "make a local socket": "socket.socket(socket.AF_UNIX)",
    "fork": "os.fork()",
    "run a program": "os.execv('/bin/true', ['true'])",
    "signal the parent": "os.kill(os.getppid(), 0)",
    "trace the parent": "call(101, 16, os.getppid(), 0, 0)",
    "read the parent's memory": "call(310, os.getppid(), 0, 0, 0, 0, 0)",
    "open by another call": "call(437, -100, b'/etc/passwd', b'\\0' * 24, 24)",
    "make memory a file": "call(319, b'x', 0)",
    "set up a ring": "call(425, 1, b'\\0' * 120)",
    "leave its namespace": "call(272, 0x10000000)",
    "call by 32-bit numbers": "call(0x40000000 + 39)",
}

SCRIPT = """
import ctypes, json, os, socket, sys, threading
from graph.stores import confine
libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), 'refused')
    return result

def attempt(text):
    try:
        eval(text)
    except OSError as error:
        return type(error).__name__ if error.errno in (1, 13) else 'errno %d' % error.errno
    return 'done'

def answer_from_thread():
    answers.append(attempt("os.open('/etc/passwd', os.O_RDONLY)"))

answers = []
go = threading.Event()
early = threading.Thread(target=lambda: (go.wait(), answer_from_thread()))
early.start()
sizes = confine.open_sizes()
layers = {
    "privileges": confine.give_up_privileges(),
    "landlock": confine.restrict_files([], []) if LANDLOCK else 0,
    "memory": confine.restrict_memory(64, sizes),
    "seccomp": confine.restrict_calls() if SECCOMP else False,
}
go.set()
early.join()
late = threading.Thread(target=answer_from_thread)
late.start()
late.join()
outcomes = {name: attempt(text) for name, text in WAYS.items()}
try:
    bytearray(200 << 20)
    outcomes["take memory"] = "done"
except MemoryError:
    outcomes["take memory"] = "MemoryError"
print(json.dumps({"layers": layers, "outcomes": outcomes, "threads": answers}))
"""


def _confine(ways: dict[str, str], *, landlock: bool = True, seccomp: bool = True) -> dict[str, Any]:
    head = f"WAYS, LANDLOCK, SECCOMP = {ways!r}, {landlock}, {seccomp}\n"
    done = subprocess.run(
        [sys.executable, "-c", head + SCRIPT], capture_output=True, text=True, cwd=ROOT, timeout=30, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    if (landlock and not answer["layers"]["landlock"]) or (seccomp and not answer["layers"]["seccomp"]):
        pytest.skip(f"this kernel or container lacks a layer: {answer['layers']}")
    return answer


@pytest.fixture(scope="module")
def confined() -> dict[str, Any]:
    return _confine(WAYS_OUT)


@pytest.mark.parametrize("way", [*WAYS_OUT, "take memory"])
def test_no_way_out_is_open(confined: dict[str, Any], way: str) -> None:
    assert confined["outcomes"][way] in ("PermissionError", "MemoryError", "errno 38")


def test_threads_are_confined_too(confined: dict[str, Any]) -> None:
    assert confined["threads"] == ["PermissionError"] * 2


@pytest.mark.parametrize("layer", ["landlock", "seccomp"])
def test_each_layer_alone_keeps_files_and_network(layer: str) -> None:
    names = ("read a file", "write a file", "list a folder", "connect", "run a program")
    ways = {name: WAYS_OUT[name] for name in names}
    outcomes = _confine(ways, landlock=layer == "landlock", seccomp=layer == "seccomp")["outcomes"]
    assert {outcomes[name] for name in names} == {"PermissionError"}
