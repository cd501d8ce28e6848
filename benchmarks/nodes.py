#!/usr/bin/python3
"""Runs a workflow as ./run does and prints the time and the peak memory of each node, in MB: resident, and of that not backed by files.

Build the host first (./run does). All options go on to ./run; SPECTRALSIGNATURES_RUN names another script to run, SPECTRALSIGNATURES_JAVA_OPTS
sets the heap. Nodes that run side by side share their memory.

    benchmarks/nodes.py WORKFLOW [options of ./run]
"""

import collections
import os
import pathlib
import re
import resource
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATE = re.compile(r"^(start|done|FAILED|failed)\s+(.*? \(#[0-9/]+\))(?:\s+([0-9.]+ \w+))?")


def java_of(pid):
    """The Java process that a shell started, None before it did."""
    found = subprocess.run(["pgrep", "-P", str(pid), "java"], capture_output=True, text=True, check=False).stdout.split()
    return int(found[0]) if found else None


class Memory(threading.Thread):
    """Watches the process that a shell starts: peaks for each node that is running."""

    def __init__(self, shell):
        super().__init__(daemon=True)
        self.shell = shell
        self.running = {"start of Java and reading of the workflow"}
        self.peaks = collections.OrderedDict()

    def run(self):
        pid = None
        while self.shell.poll() is None:
            pid = pid or java_of(self.shell.pid)
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text() if pid else ""
                held = tuple(int(status.split(field)[1].split()[0]) for field in ("VmRSS:", "RssAnon:"))
                for node in list(self.running):
                    self.peaks[node] = tuple(map(max, self.peaks.get(node, (0, 0)), held))
            except (OSError, IndexError):
                pass
            time.sleep(.1)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    run = os.environ.get("SPECTRALSIGNATURES_RUN", str(ROOT / "run"))
    start = time.time()
    shell = subprocess.Popen(["sh", run, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    memory = Memory(shell)
    memory.start()
    times = {}
    for line in shell.stdout:
        print(line, end="", flush=True)
        state = STATE.match(line)
        if state and state[1] == "start":
            memory.running = {n for n in memory.running if n.endswith(")")} | {state[2]}
        elif state:
            memory.running = memory.running - {state[2]} or {"between nodes"}
            times[state[2]] = state[3]
        elif line.startswith("All nodes executed"):
            memory.running = {"results"}
    shell.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("\n| node | time | peak resident, MB | of it not backed by files, MB |\n| --- | --- | --- | --- |")
    for node, (resident, anonymous) in memory.peaks.items():
        print(f"| {node} | {times.get(node) or ''} | {resident / 1024:,.0f} | {anonymous / 1024:,.0f} |")
    print(f"\n{time.time() - start:.0f} s, of processor time {used.ru_utime:.0f} s user, {used.ru_stime:.0f} s system; "
          f"peak resident {used.ru_maxrss / 1024:,.0f} MB; status {shell.returncode}")
    sys.exit(shell.returncode)


if __name__ == "__main__":
    main()
