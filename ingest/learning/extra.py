"""What only learning needs: the extra `learn`, which readers of news do without."""

from importlib.util import find_spec

from graph.errors import ConfigError


def require(*modules: str) -> None:
    """Raises ConfigError, saying what to install, when one of the modules is not there."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise ConfigError(f"learning needs {', '.join(missing)}: pip install 'claimgraph[learn]'", subject=missing[0])
