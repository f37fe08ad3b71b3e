#!/usr/bin/env python3
"""OpenStack Swift (Debian's python3-swift) with its S3 interface on loopback, for tests of a client that signs.

It is a real store, and checks each signature, date and digest by code that shares nothing with ours. Accounts and containers are in
the folder, objects in memory. It ends with its standard input, so that it does not outlive the test that has started it.

Usage: s3-server.py FOLDER REGION BUCKET KEY_ID SECRET. Prints its port once it answers. KEY_ID is ACCOUNT:USER.
"""

import array
import os
import sys
import time

import eventlet
from eventlet import listen, wsgi

eventlet.patcher.monkey_patch(all=False, socket=True, select=True, thread=True)

from swift.account import server as account_server  # noqa: E402
from swift.common import swob, utils  # noqa: E402
from swift.common.ring import RingData  # noqa: E402
from swift.common.wsgi import SwiftHttpProtocol, loadapp  # noqa: E402
from swift.container import server as container_server  # noqa: E402
from swift.obj import mem_server  # noqa: E402

PROXY = """
[DEFAULT]
swift_dir = {folder}
log_level = CRITICAL

[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth proxy-server

[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = {region}
[filter:tempauth]
use = egg:swift#tempauth
user_{user} = {secret} .admin

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


class Cache:
    """In place of the memcached that a store of many machines shares."""

    def __init__(self) -> None:
        self.values: dict = {}

    def get(self, key, *_, **__):
        return self.values.get(key)

    def set(self, key, value, *_, **__) -> None:
        self.values[key] = value

    def delete(self, key, *_, **__) -> None:
        self.values.pop(key, None)


def main() -> None:
    if len(sys.argv) != 6:
        sys.exit("usage: s3-server.py FOLDER REGION BUCKET KEY_ID SECRET")
    folder, region, bucket, key_id, secret = sys.argv[1:]
    os.environ["TZ"] = "UTC+0"
    time.tzset()
    with open(os.path.join(folder, "swift.conf"), "w", encoding="utf-8") as file:
        file.write("[swift-hash]\nswift_hash_path_suffix = kamkap\n")
    utils.set_swift_dir(folder)

    # A store of one device for each of the three.
    sockets = {name: listen(("127.0.0.1", 0)) for name in ("account", "container", "object")}
    for name, socket in sockets.items():
        os.makedirs(os.path.join(folder, "disk"), exist_ok=True)
        port = socket.getsockname()[1]
        device = {"id": 0, "zone": 0, "region": 1, "weight": 1.0, "device": "disk", "ip": "127.0.0.1", "port": port}
        RingData([array.array("H", [0])], [device], 32).save(os.path.join(folder, f"{name}.ring.gz"))
    settings = {"devices": folder, "swift_dir": folder, "mount_check": "false", "log_level": "CRITICAL"}
    makers = {"account": account_server, "container": container_server, "object": mem_server}
    for name, socket in sockets.items():
        serve(socket, makers[name].app_factory(settings))

    configuration = os.path.join(folder, "proxy.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(PROXY.format(folder=folder, region=region, user=key_id.replace(":", "_"), secret=secret))
    proxy = loadapp(configuration)
    account = "AUTH_" + key_id.split(":")[0]
    made = swob.Request.blank(f"/v1/{account}/{bucket}", method="PUT").get_response(proxy._pipeline_final_app)
    if made.status_int // 100 != 2:
        sys.exit(f"the bucket was not made: {made.status}")
    socket = listen(("127.0.0.1", 0))
    cache = Cache()
    serve(socket, lambda env, start: proxy({**env, "swift.cache": cache}, start))
    print(socket.getsockname()[1], flush=True)
    while eventlet.tpool.execute(sys.stdin.buffer.read, 1):
        pass
    os._exit(0)


def serve(socket, app) -> None:
    eventlet.spawn(wsgi.server, socket, app, utils.NullLogger(), protocol=SwiftHttpProtocol, log_output=False)


main()
