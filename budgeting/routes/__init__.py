"""Which way a proposal's money goes: authority as configuration, the law's table over rows, decisions that differ."""
