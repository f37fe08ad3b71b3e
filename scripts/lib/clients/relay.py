"""Passes connections on to the gateway, and writes a line for each: so one sees that a client keeps its own.

usage: relay.py PORT GATEWAY_PORT LINES
"""

import asyncio
import sys

port, gateway, lines = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], "a", buffering=1)


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        pass


async def serve(reader, writer):
    print("connection", file=lines)
    there, here = await asyncio.open_connection("127.0.0.1", gateway)
    await asyncio.gather(pump(reader, here), pump(there, writer))
    here.close()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main())
