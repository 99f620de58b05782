"""Numbers that tell a vote sent twice from two votes, and let a voter find the own one, without joining voter and vote. Pure.

The form carries a random number (UUID) that the server makes and keeps nowhere. From it comes the receipt's code, and of the code
the vote keeps a hash: whoever sends the same form again is known by the vote that is there, and the roll needs to keep nothing.
"""

import hashlib
import secrets
import uuid
from base64 import b32encode

#: 20 letters and digits of five bits: nobody guesses one, and one can be copied by hand.
_LETTERS = 20


def new_nonce() -> uuid.UUID:
    """A form's own random number."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def receipt_of(ballot_id: uuid.UUID, nonce: uuid.UUID) -> str:
    """The receipt's code, the same for the same form: `ABCD-EFGH-IJKL-MNOP-QRST`."""
    text = b32encode(hashlib.sha256(b"receipt" + ballot_id.bytes + nonce.bytes).digest()).decode()[:_LETTERS]
    return "-".join(text[at : at + 4] for at in range(0, _LETTERS, 4))


def receipt_sha256(code: str) -> str:
    """What is published of a receipt. Blanks, dashes and small letters are forgiven, and 0, 1 and 8 for the letters they look like."""
    plain = "".join(letter for letter in code.upper().translate(str.maketrans("018", "OIB")) if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
