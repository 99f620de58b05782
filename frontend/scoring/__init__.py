"""What the pages of scoring are made of."""
