"""What the pages of allocation runs read."""
