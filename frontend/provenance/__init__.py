"""What the pages about the origin of money show."""
