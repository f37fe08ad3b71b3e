"""Runs a gateway from a terminal of its own, closes the terminal once it is ready, and says its exit status.

usage: terminal.py KAMKAP CONFIGURATION
"""

import os
import pty
import sys

child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], [sys.argv[1], "serve", "--config", sys.argv[2]])
heard = b""
while b"ready path=" not in heard:
    heard += os.read(terminal, 4096)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
