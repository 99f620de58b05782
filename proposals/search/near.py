"""How far two spellings are apart. Pure functions."""

#: A word of so many letters may be so many slips away from what was meant.
_SLIPS = ((4, 0), (6, 1), (9, 2))
_MOST_SLIPS = 3


def slips_allowed(word: str) -> int:
    """How many slips a word of this length is forgiven: none below 4 letters, 1 below 6, 2 below 9, then 3."""
    return next((slips for length, slips in _SLIPS if len(word) < length), _MOST_SLIPS)


def slips_between(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, above, row = row, before, [at]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if at > 1 and column > 1 and letter == other[column - 2] and one[at - 2] == wanted:
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
    return row[-1]


def slipped(word: str) -> list[str]:
    """The word with two neighbours swapped, or one letter too many taken out: slips that share few groups of three letters."""
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    shortened = [word[:at] + word[at + 1 :] for at in range(len(word))]
    return sorted({*swapped, *shortened} - {word})
