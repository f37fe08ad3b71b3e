"""Runs a gateway from a terminal of its own, closes the terminal once it is ready, and says its exit status.

usage: terminal.py KAMKAP CONFIGURATION [nohup]

With nohup, says first what the gateway logged of the SIGHUP; it is stopped by SIGTERM if that did not.
"""

import os
import pty
import signal
import sys
import time

kamkap, configuration = sys.argv[1:3]
is_nohup = "nohup" in sys.argv[3:]

child, terminal = pty.fork()
if child == 0:
    # Whoever runs the tests may ignore it.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    command = [kamkap, "serve", "--config", configuration]
    command = ["nohup"] + command if is_nohup else command
    os.execvp(command[0], command)


def log_line(words):
    """The line of nohup's file that has these words, once it is there."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if os.path.exists("nohup.out"):
            with open("nohup.out") as file:
                for line in file.read().split("\n")[:-1]:
                    if words in line:
                        return line
        time.sleep(0.02)
    sys.exit(f"{words} was not logged within 30 s")


if is_nohup:
    log_line("ready path=")
    os.close(terminal)
    print(log_line("SIGHUP: "))
    os.kill(child, signal.SIGTERM)
else:
    heard = b""
    while b"ready path=" not in heard:
        heard += os.read(terminal, 4096)
    os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
