"""Write the Cypher of every golden document anew."""

import sys

from tests.goldens import Compiler, documents, written


def main() -> None:
    """Write the files; say which changed."""
    compiler = Compiler()
    for document in documents():
        golden = document.with_suffix(".cypher")
        text = written(compiler.statement(document.read_text()))
        if not golden.exists() or golden.read_text() != text:
            golden.write_text(text)
            sys.stdout.write(f"{golden.name} is written anew\n")


if __name__ == "__main__":
    main()
