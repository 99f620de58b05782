"""What the pages of meetings show, one file a page."""
