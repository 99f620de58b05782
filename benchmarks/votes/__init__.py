"""What the measurement of votes needs."""
