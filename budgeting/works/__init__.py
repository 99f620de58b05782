"""Works: from the line of the budget to what the village says about it (docs/works.md)."""
