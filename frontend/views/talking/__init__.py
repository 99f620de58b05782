"""Following, inbox, questions in figures, moderation: plain forms, one service each."""
