"""Run the steps of a job."""

import subprocess


class Failed(Exception):
    pass


def run(step, cwd):
    done = subprocess.run(step.command, shell=True, cwd=cwd)
    if done.returncode:
        raise Failed(step.name)
