"""Small files that unpack to large pictures: refused, or one at a time, so that no one person fills the memory of the machine."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from accounts.refusals import Refusal
from proposals.services import images


def picture(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_cannot_be_read_at_a_smaller_scale_is_refused_earlier(kind):
    with pytest.raises(Refusal) as refusal:
        images.rewrite(picture(kind, 6000, 5000))
    assert (refusal.value.status, refusal.value.code) == (413, "too_large")


def test_a_large_photo_of_a_phone_is_still_taken():
    assert images.rewrite(picture("JPEG", 8000, 6000)).width == images.LONGEST_SIDE


def test_pictures_are_unpacked_one_after_the_other(monkeypatch):
    inside, most = 0, 0
    unpack = images._decoded

    def watched(content: bytes, longest: int) -> Image.Image:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1
        return unpack(content, longest)

    monkeypatch.setattr(images, "_decoded", watched)
    sent = picture("PNG", 300, 200)
    with ThreadPoolExecutor(6) as pool:
        assert {photo.width for photo in pool.map(images.rewrite, [sent] * 6)} == {300}
    assert most == 1
