"""`python -m zoll` is `zoll`."""

from zoll.cli import main

main()
