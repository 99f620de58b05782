"""The verbs of the roll: each one transaction, asked, journalled, announced."""
