"""How a device shows that it holds its secret without sending it, and how the system checks that without keeping it.

    stored = sha256(secret)
    proof  = secret XOR hmac-sha256(stored, device | time | key | sha256(body))

The system keeps `stored` alone: it takes the secret out of the proof, and sha256 of that must be what it keeps. Neither
a copied request nor a copied list of what is stored is enough to sign another request.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

SECRET_BYTES = 32
SCHEME = "Tanheng-Proof"


@dataclass(frozen=True)
class Signed:
    """What the header of a request says: `Tanheng-Proof device:time:key:proof`."""

    device: str
    time: int
    key: str
    proof: bytes

    @staticmethod
    def read(header: str) -> Signed | None:
        """The parts of the header; None where it is no such header."""
        scheme, _, rest = header.partition(" ")
        parts = rest.strip().split(":")
        if scheme != SCHEME or len(parts) != 4 or not _is_key(parts[2]) or not parts[1].isascii():
            return None
        try:
            proof = bytes.fromhex(parts[3])
            return Signed(parts[0], int(parts[1]), parts[2], proof) if len(proof) == SECRET_BYTES else None
        except ValueError:
            return None


def _is_key(text: str) -> bool:
    return 0 < len(text) <= 100 and text.isascii() and text.isprintable()


def stored_form(secret: bytes) -> bytes:
    """What the system keeps of a secret."""
    return hashlib.sha256(secret).digest()


def header_of(secret: bytes, *, device: str, time: int, key: str, body: bytes) -> str:
    """The header with which a device signs a request: what a client has to do."""
    mask = _mask(stored_form(secret), device, time, key, body)
    return f"{SCHEME} {device}:{time}:{key}:{_xor(secret, mask).hex()}"


def is_proven(signed: Signed, stored: bytes, body: bytes) -> bool:
    """Whether the request was signed, as it stands, with the secret of which `stored` is kept."""
    secret = _xor(signed.proof, _mask(stored, signed.device, signed.time, signed.key, body))
    return hmac.compare_digest(stored_form(secret), stored)


def _mask(stored: bytes, device: str, time: int, key: str, body: bytes) -> bytes:
    message = "\n".join((device, str(time), key, hashlib.sha256(body).hexdigest()))
    return hmac.digest(stored, message.encode(), "sha256")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
