"""Photos of works: told when they were taken elsewhere, without what the camera wrote, upright, and never a flood of pixels."""

from io import BytesIO

import pytest
from django.contrib.gis.geos import Point
from PIL import Image

from accounts.refusals import Refusal
from budgeting.works import photos
from tests.budgeting.works.conftest import a_work
from tests.frontend.html import read
from tests.proposals.pictures import encoded, jpeg

pytestmark = pytest.mark.django_db
#: Where `jpeg(exif=True)` says it was taken.
TAKEN = Point(109.41, -0.09, srid=4326)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def add(people, work, content, moment="after"):
    photo, _is_new = photos.add_photo(work_id=work.pk, actor=people.agency_officer, content=content, moment=moment)
    return photo


@pytest.mark.parametrize(("east", "is_far"), [(0.001, False), (0.004, False), (0.02, True)])
def test_a_photo_that_was_taken_elsewhere_says_so_in_words(client, people, east, is_far):
    work = a_work(people, location=Point(TAKEN.x + east, TAKEN.y, srid=4326))
    photo = add(people, work, jpeg(exif=True))
    assert (photo.is_far, photo.distance_m is None) == (is_far, False)
    text = client.get(f"/pembangunan/{work.pk}/").content.decode()
    assert read(text).faults == []
    assert ("mungkin menunjukkan tempat lain" in text) is is_far


def test_what_is_published_is_upright_and_holds_nothing_of_the_camera(people, road):
    photo = add(people, road, jpeg(320, 200, exif=True))
    for file in (photo.file, photo.thumbnail):
        with file.open("rb") as kept:
            content = kept.read()
        with Image.open(BytesIO(content)) as shown:
            assert shown.height > shown.width, "turned as the camera was held"
            assert not shown.getexif()
        assert b"Secret" not in content
        assert b"secret" not in content
    assert (photo.taken_location.x, photo.taken_location.y) == (round(TAKEN.x, 4), round(TAKEN.y, 4)), "to about ten metres"


def test_a_heic_photo_is_refused_with_what_to_do(people, road):
    with pytest.raises(Refusal, match="HEIC") as refused:
        add(people, road, b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 400)
    assert refused.value.status == 415


def test_a_small_file_that_unpacks_to_a_flood_is_refused_before_it_is_unpacked(people, road):
    with pytest.raises(Refusal) as refused:
        add(people, road, encoded("PNG", 6000, 5000))
    assert refused.value.status == 413
    assert not road.photos.exists()
