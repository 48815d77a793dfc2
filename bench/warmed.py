"""What every inspection takes, loaded once for all processes that fork from one that imported this."""

import zoll.cli.inspect
import zoll.pipeline.inspection
import zoll.reports.json  # noqa: F401 - to be there
from zoll.catalogue import plugins
from zoll.judge.counts import shipped
from zoll.judge.rulebook import load

for package in ("openers", "readers", "components"):
    plugins(f"zoll.{package}")
load()
shipped()
