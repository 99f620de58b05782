"""Ballots: the law, the count, secrecy, paper, publication."""
