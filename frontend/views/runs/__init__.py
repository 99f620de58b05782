"""Asking for allocation runs, showing them, and handing out their files."""
