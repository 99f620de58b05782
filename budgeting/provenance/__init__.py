"""Where funded lines come from: figures, the list of what nobody proposed, statements, claims, pokir beside villages."""
