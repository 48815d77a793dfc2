"""The small upgrades are inputs: pytest must not collect what is in them."""

collect_ignore_glob = ["planted/*/*", "clean/*/*"]
