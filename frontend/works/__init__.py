"""What the pages of works show."""
