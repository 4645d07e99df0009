"""Messages over the socket between a service and its press: four bytes of length, then the content."""

import socket
import struct

LENGTH = struct.Struct(">I")


def receive(connection: socket.socket) -> bytes:
    """One message; empty when the other side is gone."""
    head = _exactly(connection, LENGTH.size)
    return _exactly(connection, LENGTH.unpack(head)[0]) if head else b""


def send(connection: socket.socket, content: bytes) -> None:
    connection.sendall(LENGTH.pack(len(content)) + content)


def _exactly(connection, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = connection.recv(min(size - len(content), 1 << 16))
        if not piece:
            return b""
        content += piece
    return bytes(content)
