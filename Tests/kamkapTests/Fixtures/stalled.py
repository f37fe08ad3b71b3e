"""Runs a gateway whose log nobody reads once it is ready, until SIGUSR1 comes.

usage: stalled.py waits|refuses COMMAND...

refuses: writes to the pipe do not wait where it is full. SIGTERM goes to the gateway; its exit status is this one's.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading

# Whoever started this may have blocked what it is to be told with.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
reader, writer = os.pipe()
fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
if sys.argv[1] == "refuses":
    os.set_blocking(writer, False)
go_on = threading.Event()
signal.signal(signal.SIGUSR1, lambda *_: go_on.set())
child = subprocess.Popen(sys.argv[2:], stderr=writer)
signal.signal(signal.SIGTERM, lambda *_: child.terminate())
os.close(writer)


def forward():
    heard = b""
    while True:
        piece = os.read(reader, 4096)
        if not piece:
            return
        os.write(2, piece)
        if b"ready path=" not in heard:
            heard += piece
            if b"ready path=" in heard:
                go_on.wait()


log = threading.Thread(target=forward)
log.start()
status = child.wait()
go_on.set()
log.join()
sys.exit(status)
