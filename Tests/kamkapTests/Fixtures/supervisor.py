"""Starts a service as systemd does: with its sockets open already, and somewhere to send its notifications.

usage: supervisor.py UNIX_SOCKET_PATH TCP_PORT_FILE NOTIFICATIONS WATCHDOG_SECONDS -- COMMAND...

The sockets stay open when the service ends: SIGHUP restarts it, SIGTERM ends both. TCP_PORT_FILE - opens no TCP socket.
"""

import os
import signal
import socket
import subprocess
import sys
import threading

# Whoever started this may have blocked what it is to be stopped with.
signal.pthread_sigmask(signal.SIG_SETMASK, [])

path, port_file, notifications, watchdog = sys.argv[1:5]
command = sys.argv[6:]

unix = socket.socket(socket.AF_UNIX)
unix.bind(path)
unix.listen(128)
sockets = [unix]
if port_file != "-":
    tcp = socket.socket(socket.AF_INET)
    tcp.bind(("127.0.0.1", 0))
    tcp.listen(128)
    sockets.append(tcp)
    with open(port_file + ".new", "w") as file:
        file.write(str(tcp.getsockname()[1]))
    os.rename(port_file + ".new", port_file)

notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(notifications + ".sock")


def listen():
    with open(notifications, "a", buffering=1) as file:
        while True:
            file.write(notify.recv(65536).decode() + "\n")


threading.Thread(target=listen, daemon=True).start()

# Descriptors 3 and up, as sd_listen_fds(3) expects them: first out of each other's way.
high = [os.dup2(s.fileno(), 200 + i) for i, s in enumerate(sockets)]


def start():
    def prepare():
        for i, descriptor in enumerate(high):
            os.dup2(descriptor, 3 + i, inheritable=True)

    env = dict(
        os.environ,
        LISTEN_FDS=str(len(high)),
        NOTIFY_SOCKET=notifications + ".sock",
        WATCHDOG_USEC=str(int(float(watchdog) * 1_000_000)),
    )
    # LISTEN_PID is known to the child alone, so a shell sets it before it turns into the service.
    script = 'export LISTEN_PID=$$ WATCHDOG_PID=$$; exec "$@"'
    return subprocess.Popen(
        ["/bin/sh", "-c", script, "sh", *command],
        env=env,
        close_fds=False,
        preexec_fn=prepare,
        restore_signals=False,
    )


state = {"child": start(), "restart": False}


def restart(*_):
    state["restart"] = True
    state["child"].terminate()


def stop(*_):
    state["child"].terminate()


signal.signal(signal.SIGHUP, restart)
signal.signal(signal.SIGTERM, stop)
while True:
    code = state["child"].wait()
    if not state["restart"]:
        sys.exit(code)
    state["restart"] = False
    state["child"] = start()
