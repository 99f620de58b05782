"""The verbs of meetings: each one transaction, asked, journalled, announced. Import the file you need."""
