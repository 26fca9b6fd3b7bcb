"""What users install: the reader's weights and their licences, none of the texts it learned from."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_LARGEST = 60_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_wheel_holds_the_reader_and_none_of_the_documents(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"data/models/reader/{path.name}" for path in (_ROOT / "data/models/reader").iterdir()}
    assert shipped <= names
    assert "data/models/reader-LICENSES.txt" in {name.split("licenses/")[-1] for name in names}
    assert not [name for name in names if name.startswith(("data/documents/", "data/practice/", "data/gold/"))]
    assert wheel.stat().st_size <= _LARGEST
