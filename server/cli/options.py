"""The settings a command runs with: the environment, the command line on top."""

from typing import Any

from pydantic import ValidationError

from server.errors import StartRefused
from server.settings import Limits, Settings


def settings_from(**given: Any) -> Settings:
    """The settings; what was not given on the command line (None) comes from the environment."""
    options = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**options)
    except ValidationError as wrong:
        kind = Limits if wrong.title == Limits.__name__ else Settings
        findings = "; ".join(f"{_named(kind, error['loc'], options)}: {_in_our_words(error['msg'])}" for error in wrong.errors())
        raise StartRefused(f"A setting cannot be as it is: {findings}.", hint="docs/settings.md lists them all.") from wrong


def _named(kind: type[Limits | Settings], place: tuple[int | str, ...], options: dict[str, Any]) -> str:
    """A setting as it was given: as an option, or as a variable of the environment."""
    name = "_".join(map(str, place))
    if kind is Settings and name in options:
        return "--" + name.replace("_", "-")
    return f"{kind.model_config['env_prefix']}{name}".upper()


def _in_our_words(said: str) -> str:
    """What is wrong with a value, without what is only of interest to pydantic."""
    return said.removeprefix("Value error, ").replace("Input should be", "it should be").partition(", unable to parse")[0]
