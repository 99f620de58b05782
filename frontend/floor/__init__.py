"""The live room of a meeting on its page and on the wall."""
