"""Rupiah for reading, the Indonesian way in every language. Pure: whole rupiah in, text out, no float on the way."""

#: Long scale words as they are printed: triliun, miliar, juta.
_SCALES = ((10**12, "T"), (10**9, "M"), (10**6, "juta"))
#: A true minus: it is as wide as a plus, no line breaks after it, and no spreadsheet takes it for a formula.
MINUS = "\u2212"
_DIGITS = 3


def rupiah(amount: int) -> str:
    """The full figure: `Rp1.250.000.000`, `−Rp4.500`."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def rupiah_short(amount: int) -> str:
    """At most three significant digits, for where a sum is told and not decided: `Rp1,25 M`, `Rp444 juta`, `Rp9,8 T`.

    Below a million the full figure is short enough. Halves round away from zero.
    """
    rounded = _significant(abs(amount))
    for scale, word in _SCALES:
        if rounded >= scale:
            whole, rest = divmod(rounded, scale)
            decimals = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
            figure = f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
            return f"{MINUS if amount < 0 else ''}Rp{figure} {word}"
    return rupiah(amount)


def _significant(amount: int) -> int:
    """The amount with everything after its third digit rounded away; below a million untouched."""
    if amount < 10**6 - 500:
        return amount
    step = 10 ** max(0, len(str(amount)) - _DIGITS)
    return (amount + step // 2) // step * step
