"""Run the steps of a job."""

import os
import shlex
import signal
import subprocess


class Failed(Exception):
    pass


def environment(step):
    env = {key: os.environ[key] for key in ("HOME", "LANG", "PATH") if key in os.environ}
    env.update(step.environment)
    if os.environ.get("RUNNER_DEBUG"):
        env["RUNNER_TRACE"] = "1"
    return env


def run(step, cwd):
    words = step.command if isinstance(step.command, list) else shlex.split(step.command)
    child = subprocess.Popen(words, cwd=cwd, env=environment(step), start_new_session=True)
    try:
        status = child.wait(timeout=step.timeout)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGTERM)
        raise Failed(f"{step.name}: no end after {step.timeout} s") from None
    if status:
        raise Failed(step.name)
