"""What lies in web/static/vendor is what the lock file of web/frontend names, each part with its licence."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2] / "web"
VENDOR = ROOT / "static" / "vendor"
MANIFEST: dict[str, Any] = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
FILES: dict[str, dict[str, Any]] = MANIFEST["files"]
PACKAGES: dict[str, dict[str, str]] = MANIFEST["packages"]
LOCKED: dict[str, dict[str, Any]] = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]

# May be passed on in a work under another licence when their text goes along.
PERMISSIVE = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"}


def _hash(path: Path) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def test_the_folder_holds_what_the_manifest_lists_and_no_more() -> None:
    lying = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert lying == {"manifest.json", *FILES, *(package["text"] for package in PACKAGES.values())}


@pytest.mark.parametrize("name", FILES)
def test_file_is_as_it_was_built(name: str) -> None:
    assert _hash(VENDOR / name) == FILES[name]["hash"]
    assert set(FILES[name]["packages"]) <= set(PACKAGES)


@pytest.mark.parametrize("name", PACKAGES)
def test_package_is_the_locked_one_and_its_licence_lies_beside(name: str) -> None:
    package, locked = PACKAGES[name], LOCKED[f"node_modules/{name}"]
    assert (package["version"], package["integrity"]) == (locked["version"], locked["integrity"])
    assert package["licence"] in PERMISSIVE
    assert _hash(VENDOR / package["text"]) == package["hash"]
    assert "ermission" in (VENDOR / package["text"]).read_text("utf-8")


def test_what_is_asked_for_is_locked_and_served() -> None:
    asked = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    assert LOCKED[""]["dependencies"] == asked["dependencies"]
    assert set(asked["dependencies"]) <= set(PACKAGES)


def test_no_address_of_a_registry_is_kept() -> None:
    assert not [name for name, locked in LOCKED.items() if "resolved" in locked]
