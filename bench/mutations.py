"""Documents broken at random, the same for the same seed: what years of bad servers and editors do, in seconds."""

import random
from collections.abc import Callable, Iterator, Sequence

Mutation = Callable[[random.Random, bytearray, bytes], bytes]

_FRAGMENTS = (
    b"\0", b"<", b">", b"&", b'"', b"<!--", b"-->", b"]]>", b"<![CDATA[", b"<script>", b"</script>", b"<table>",
    b"<svg>", b"<math>", b"</body>", b"</html>", b"<template>", b"<base href='javascript:x'>", b"<meta charset=utf-7>",
    b"<meta charset='utf-16'>", b"<a href='http://[::1'>", b"<base href='http://[x'>", b"\xff\xfe", b"\xed\xa0\x80",
    b"<time datetime='0000-99-99T99:99:99+99:99'>", b"&#0;", b"&#x110000;", b"&#xD800;", b"\x1b$B", b"<h1><h1><h1>",
    b"<?xml version='1.0' encoding='x'?>", "\u202e\u200b\ufeff".encode(), b"<p>" * 300, b"<div>" * 300, b"<b><i>" * 200,
    b'<script type="application/ld+json">{"@graph":[[[[', b"<link rel=canonical href='http://a.example:99999/'>",
)  # fmt: skip
_MOST = 400_000


def iter_mutations(documents: Sequence[bytes], count: int, seed: int = 1) -> Iterator[bytes]:
    """So many documents, each a given one with one to four kinds of damage; none is longer than 400 kB."""
    chance = random.Random(seed)
    for number in range(count):
        body = documents[number % len(documents)][:_MOST]
        for _ in range(chance.randint(1, 4)):
            body = chance.choice(_MUTATIONS)(chance, bytearray(body), chance.choice(documents))[:_MOST]
        yield body


def _flip(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    for _ in range(chance.randint(1, 200) if body else 0):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


def _cut(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    start, end = _range(chance, body)
    return bytes(body[:start] + body[end:])


def _end(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    return bytes(body[: _range(chance, body)[0]])


def _repeat(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    start, end = _range(chance, body)
    part = bytes(body[start : min(end, start + 2_000)])
    return bytes(body[:start]) + part * chance.choice((2, 10, 100)) + bytes(body[start:])


def _insert(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    for _ in range(chance.randint(1, 30)):
        place = chance.randint(0, len(body))
        body[place:place] = chance.choice(_FRAGMENTS)
    return bytes(body)


def _splice(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    return bytes(body[: _range(chance, body)[0]]) + other[chance.randint(0, len(other)) :]


def _drop_tags(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    return bytes(body).replace(chance.choice((b"</", b">", b"<p", b'"', b"=", b"</div>")), b"", chance.randint(1, 500))


def _recode(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-32", "utf-7", "shift_jis", "euc_jp", "latin-1"))
    return bytes(body).decode("utf-8", "replace").encode(encoding, "replace")


def _swap(chance: random.Random, body: bytearray, other: bytes) -> bytes:
    lines = bytes(body).split(b">")
    chance.shuffle(lines)
    return b">".join(lines)


_MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _end, _repeat, _insert, _splice, _drop_tags, _recode, _swap)


def _range(chance: random.Random, body: bytearray) -> tuple[int, int]:
    start = chance.randint(0, len(body))
    return start, min(len(body), start + chance.randint(0, 20_000))
