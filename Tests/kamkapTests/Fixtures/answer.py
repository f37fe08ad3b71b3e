#!/usr/bin/env python3
"""Runs a command at a terminal of its own, types an answer to its question, and prints all that it showed.

usage: answer.py ANSWER COMMAND...

ANSWER is typed as a line; "EOF" types Ctrl-D. The exit status is the command's.
"""

import os
import pty
import sys

answer, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)

shown, asked = b"", False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:  # The command has ended.
        break
    if not part:
        break
    shown += part
    if not asked and b"[y/N]" in shown:
        asked = True
        os.write(terminal, b"\x04" if answer == "EOF" else answer.encode() + b"\n")
sys.stdout.write(shown.decode().replace("\r\n", "\n"))
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
