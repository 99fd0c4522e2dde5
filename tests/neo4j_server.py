"""Real Neo4j servers for the tests: `python -m tests.neo4j_server` fetches their jars, `Neo4jServer` starts one."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from server.embedded import die_with_parent

LTS = "5.26.30"
NEWEST = "2026.08.1"
JAVA_NEEDED = {LTS: 17, NEWEST: 21}
MAIN_CLASS = {LTS: "org.neo4j.server.CommunityEntryPoint", NEWEST: "org.neo4j.server.Neo4jCommunity"}

USER = "neo4j"
START_SECONDS = 180.0

_POM = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>replicity.tests</groupId><artifactId>neo4j-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""

_CONF = """server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
{more}
"""

_OPENS = tuple(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent"))


# No second, slow compiler of Java beside tests that last for minutes.
_HURRIED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class Missing(Exception):
    """Something that a Neo4j server needs is not on this machine."""


def fetched(version: str) -> Path:
    """The folder of the server's jars, fetched with Maven when they are not there yet."""
    home = Path(os.environ.get("REPLICITY_NEO4J_HOME") or Path.home() / ".cache" / "replicity" / "neo4j") / version
    jars = home / "lib"
    if (home / "complete").exists():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("Maven (mvn) is not installed, so Neo4j cannot be fetched")
    home.mkdir(parents=True, exist_ok=True)
    (home / "pom.xml").write_text(_POM.format(version=version))
    command = [maven, "-q", "-B", "-f", "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise Missing(f"Maven could not fetch Neo4j {version}: {(done.stdout + done.stderr)[-500:]}")
    (home / "complete").touch()
    return jars


def java(at_least: int) -> Path:
    """A Java that is new enough; the oldest such one, because that is what the server was made for."""
    homes = [Path(value) for name, value in os.environ.items() if re.fullmatch(r"JAVA_HOME(_\d+.*)?", name)]
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    found = [home / "bin" / "java" for home in homes] + [Path(path) for path in [shutil.which("java")] if path]
    versions = {program: _java_version(program) for program in dict.fromkeys(found) if program.exists()}
    fit = sorted((version, program) for program, version in versions.items() if version >= at_least)
    if not fit:
        raise Missing(f"Java {at_least} or newer is not installed")
    return fit[0][1]


def _java_version(program: Path) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr
    match = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(match[1]) if match else 0


_first: dict[str, tuple[str, bytes]] = {}
"""By version: the first password of this process's servers, and how the server keeps it. Making it takes a Java of its own."""


@dataclass
class Neo4jServer:
    """One server with an empty database in its own folder."""

    version: str
    home: Path
    more_conf: str = ""
    hurried: bool = True
    """Whether it is to start soon rather than to be fast in the long run."""
    port: int = 0
    password: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, or start it again with the data it had."""
        if not self.password:
            self._prepare()
        with (self.home / "output.log").open("ab") as output:
            flags = ("-Xmx1g", *(_HURRIED if self.hurried else ()), *_OPENS)
            folders = (f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}")
            self.process = subprocess.Popen(
                self._java(*flags, MAIN_CLASS[self.version], *folders),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # A killed run of tests must not leave servers behind.
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - it only makes two system calls
            )
        self.wait_until_up()

    def wait_until_up(self) -> None:
        """Until a question is answered."""
        end = time.monotonic() + START_SECONDS
        with GraphDatabase.driver(self.uri, auth=(USER, self.password)) as driver:
            while time.monotonic() < end and self.process and self.process.poll() is None:
                try:
                    # Not execute_query: it tries again by itself, after longer and longer pauses.
                    with driver.session(database="neo4j") as session:
                        session.run("RETURN 1").consume()
                except (DriverError, Neo4jError):
                    time.sleep(0.1)
                else:
                    return
        raise Missing(f"Neo4j {self.version} did not start: {(self.home / 'output.log').read_text()[-1000:]}")

    def send(self, number: signal.Signals) -> None:
        """Send its process a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End it cleanly."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=60)

    def _prepare(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        conf = self.home / "conf"
        conf.mkdir(parents=True)
        (conf / "neo4j.conf").write_text(_CONF.format(port=self.port, more=self.more_conf))
        kept = self.home / "data" / "dbms" / "auth.ini"
        if self.version not in _first:
            password = f"p{secrets.token_urlsafe(16)}"
            subprocess.run(
                self._java("org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password),
                env={"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf), "PATH": os.defpath},
                capture_output=True,
                timeout=60,
                check=True,
            )
            _first[self.version] = password, kept.read_bytes()
        self.password, said = _first[self.version]
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(said)

    def _java(self, *arguments: str) -> list[str]:
        return [str(java(JAVA_NEEDED[self.version])), "-cp", f"{fetched(self.version)}/*", *arguments]


def main() -> None:
    """Fetch the jars of both versions."""
    for version in (LTS, NEWEST):
        sys.stdout.write(f"Neo4j {version}: {fetched(version)}, {java(JAVA_NEEDED[version])}\n")


if __name__ == "__main__":
    main()
