"""Settings of the agent."""

import json
import os
from pathlib import Path

DEFAULT = Path("/etc/agent/agent.json")


def load(path=None):
    path = Path(path or os.environ.get("AGENT_CONFIG", DEFAULT))
    settings = json.loads(path.read_text())
    settings.setdefault("interval", 30)
    return settings


def save(settings, path=DEFAULT):
    Path(path).write_text(json.dumps(settings))
