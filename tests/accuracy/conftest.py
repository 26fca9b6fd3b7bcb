"""`pytest tests/accuracy --update-baseline` measures the gold again and stores the floors a little below."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baseline", action="store_true", help="store what the gold scores now as the floor")
