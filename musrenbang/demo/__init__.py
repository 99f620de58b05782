"""One kabupaten of demonstration data: real places, invented people, sums and events."""
