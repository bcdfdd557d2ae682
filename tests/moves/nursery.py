"""Runs commands in processes that may be killed, and that begin at once: forks of one that has loaded everything.

Read from stdin, a JSON object a line: `arguments`; `kill_after_s` with `mark`, to be killed so long after a line with
`mark` came on stderr; or `die_at` with `before`, to die at that call of the disk. Each is answered with a line.
"""

import json
import os
import signal
import sys
import time
import traceback

import torch  # noqa: F401 - each fork has it already

import clipsorter.apply.run
import clipsorter.cli.classify
import clipsorter.cli.sort
import clipsorter.cli.tag
import clipsorter.cli.undo
import clipsorter.clip.clip_encoder
from clipsorter.cli.app import run
from tests.moves.disks import DyingDisk


def main():
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(job):
    """Run one command to its end; return its wait status, what it said, and how long it took from the mark on."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        behave(job, writing)
    os.close(writing)
    said, marked_s, mark = b"", None, job.get("mark", "").encode()
    if job.get("kill_after_s") is not None or mark:
        while mark not in said and (data := os.read(reading, 65536)):
            said += data
        marked_s = time.monotonic()
        if job.get("kill_after_s") is not None:
            time.sleep(job["kill_after_s"])
            os.kill(child, signal.SIGKILL)
    while data := os.read(reading, 65536):
        said += data
    os.close(reading)
    _, status = os.waitpid(child, 0)
    took_s = time.monotonic() - marked_s if marked_s else 0.0
    return {"status": status, "said": said.decode(errors="replace"), "took_s": took_s}


def behave(job, writing):
    """Be the command; never return."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor, target in ((nowhere, 0), (nowhere, 1), (writing, 2)):
        os.dup2(descriptor, target)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, encoding="utf-8") for number in (1, 2))
    if job.get("die_at") is not None:
        clipsorter.apply.run.Disk = lambda: DyingDisk(job["die_at"], is_before=job["before"])
    code = 99
    try:
        code = run(job["arguments"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
