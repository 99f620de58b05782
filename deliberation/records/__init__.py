"""The papers of a meeting: frozen, printed, signed, checked."""
