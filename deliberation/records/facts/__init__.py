"""What a paper says, collected from what was recorded; everything ready for JSON, in Indonesian."""
