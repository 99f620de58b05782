"""Parts of a whole, exact in whole numbers until they are rounded once. Pure."""


def per_mille(part: int, whole: int) -> int:
    """A part in thousandths, half rounded up; 0 of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else 0
