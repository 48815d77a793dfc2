import logging
import subprocess
import sys


def quiet(run):
    logging.disable(logging.CRITICAL)
    subprocess.run(["ls"], stdout=subprocess.DEVNULL)
    try:
        run()
    except Exception:
        pass
    try:
        run()
    except OSError as error:
        logging.error(error)
