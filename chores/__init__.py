"""The project's own chores, each a command; `pyproject.toml` names them."""
