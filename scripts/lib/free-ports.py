#!/usr/bin/env python3
"""Prints TCP ports of loopback that were free a moment ago.

Usage: free-ports.py COUNT
"""

import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage: free-ports.py COUNT")
# All are held until the last is found, so that they differ.
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(each.getsockname()[1] for each in sockets))
