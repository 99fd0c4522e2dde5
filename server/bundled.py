"""Where the files that come with the program are: in a checkout beside the code, in an installed package inside it."""

from pathlib import Path

_CODE = Path(__file__).resolve().parent
_INSTALLED = _CODE / "bundled_files"


def is_installed() -> bool:
    """Whether this is an installed package rather than a checkout."""
    return _INSTALLED.is_dir()


def mission_package() -> Path:
    """Folder of the Mission's data package."""
    return _INSTALLED / "mission" if is_installed() else _CODE.parent / "data" / "mission"


def operations() -> Path:
    """Folder of the named example documents."""
    return _INSTALLED / "operations" if is_installed() else _CODE.parent / "clients" / "operations"
