import argparse
import importlib
from pathlib import Path as P


def main(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("-r", "--relay", help="relay")
    module = importlib.import_module("gate." + argv[1])
    if argv[1] == "--maintenance":
        module.run(P("x"))
