"""The door behind a server: one process that takes readings over HTTP and moves them into files as they come."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from granian.server.embed import Server

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack.metering_interface import MeteringInterface
from tanheng.metering.batch import Batch
from tanheng.metering.ingest.committing import Answer, Committer, Done
from tanheng.metering.ingest.door import Door, Reply, Request, encoded
from tanheng.metering.ingest.folding import Folder
from tanheng.metering.ingest.limits import Limits
from tanheng.metering.store import Store

_PATIENCE_S = 3
_CONNECTIONS = 2_048


class Application:
    """The door as a server calls it, once for each request."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        self.door, self._loop = door, loop
        self.committer = Committer(door.store, door.limits, self._tell)

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answers one request (RSGI)."""
        reply = await self._reply(scope, protocol)
        headers = [("content-type", "application/json; charset=utf-8")]
        if reply.retry_after_s:
            headers.append(("retry-after", str(reply.retry_after_s)))
        protocol.response_bytes(reply.status, headers, encoded(reply.document))

    async def _reply(self, scope: Any, protocol: Any) -> Reply:
        try:
            async with asyncio.timeout(self.door.limits.body_s):
                body = await self._body(scope, protocol)
        except TimeoutError:
            return self.door.refused(Refusal("body-too-slow", most=self.door.limits.body_s))
        if body is None:
            return self.door.refused(Refusal("body-too-large", most=self.door.limits.body_bytes))
        origin = f"{scope.scheme}://{scope.authority or scope.headers.get('host') or scope.server}"
        asked = Request(scope.path, scope.headers.get("authorization") or "", body, origin)
        begun = self.door.begin(asked)
        return begun if isinstance(begun, Reply) else self.door.ended(await self._committed(begun), begun)

    async def _committed(self, batch: Batch) -> Answer:
        """The answer to a batch, when the disk has given it."""
        future: asyncio.Future[Answer] = self._loop.create_future()
        try:
            self.committer.put(batch, lambda answer: None if future.cancelled() else future.set_result(answer))
        except Refusal as refusal:
            return refusal
        return await future

    async def _body(self, scope: Any, protocol: Any) -> bytes | None:
        """The body; None where it is too long. What is too long is let pass by and not kept: a client that is still
        sending hears no answer. Beyond all measure it is cut off.
        """
        limits, announced = self.door.limits, scope.headers.get("content-length") or ""
        if announced.isdigit() and int(announced) > limits.passed_by_bytes:
            return None
        parts, size = [], 0
        async for part in protocol:
            size += len(part)
            if size <= limits.body_bytes:
                parts.append(part)
            elif size > limits.passed_by_bytes:
                return None
        return b"".join(parts) if size <= limits.body_bytes else None

    def _tell(self, answers: list[tuple[Done, Answer]]) -> None:
        """Wakes the requests of one transaction: one message to the loop for all of them."""
        self._loop.call_soon_threadsafe(lambda: [done(answer) for done, answer in answers])


async def serve(
    home: Path, interface: MeteringInterface, *, host: str, port: int, limits: Limits, fold_s: float
) -> int:
    """Serves the door of a site until a signal ends it; what was acknowledged is in the journal at any moment.

    Gives    0, when what was waiting is written and the fold that was going on is done.
    Refuses  address-taken: nothing can listen there.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    _check_free(host, port)
    store = Store.open(home)
    application = Application(Door(store, interface, limits), loop)
    folder = Folder(store, fold_s, _said)
    server = Server(
        application, address=host, port=port, backlog=_CONNECTIONS, backpressure=_CONNECTIONS, log_enabled=False
    )
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, told.set)
    serving = asyncio.ensure_future(server.serve())
    await asyncio.wait({serving, asyncio.ensure_future(told.wait())}, return_when=asyncio.FIRST_COMPLETED)
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait(
        {serving}, timeout=_PATIENCE_S
    )  # a client that sends half a request would be waited for for ever
    application.committer.close()
    folder.close()
    return 0


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal("address-taken", host=host, port=port, problem=error.strerror or error) from error


def _said(text: str) -> None:
    sys.stderr.write(text + "\n")
