"""The verbs of ballots: each one transaction, asked and journalled. What was voted never reaches the journal."""
