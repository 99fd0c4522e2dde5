"""Whether tests run in their long form, as `uv run poe soak` asks for: in hours instead of minutes."""

import os

SOAKING = os.environ.get("REPLICITY_SOAK") == "1"
