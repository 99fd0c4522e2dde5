"""`python -m server` is `replicity`."""

from server.cli.main import app

if __name__ == "__main__":
    app()
