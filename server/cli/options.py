"""The settings a command runs with: the environment, the command line on top."""

from typing import Any

from pydantic import ValidationError

from server.errors import StartRefused
from server.settings import Limits, Settings


def settings_from(**given: Any) -> Settings:
    """The settings; what was not given on the command line (None) comes from the environment."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as wrong:
        prefix = (Limits if wrong.title == Limits.__name__ else Settings).model_config["env_prefix"]
        findings = "; ".join(f"{prefix}{'_'.join(map(str, error['loc']))}".upper() + f": {error['msg']}" for error in wrong.errors())
        raise StartRefused(f"A setting cannot be as it is: {findings}.", hint="docs/settings.md lists them all.") from wrong
