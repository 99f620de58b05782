"""Equal Shares: every voter holds the same part of the budget, and a work is bought by those who want it.

`electorate` what the voters want as arrays · `prices` what a work costs each of its supporters, in floats with an error bound ·
`fractions_of` the same exactly, asked only where floats cannot tell · `walk` the purchases at one budget, and up to which
budget they stay the same · `completion` what is done with money that is left.
"""
