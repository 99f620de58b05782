"""The outbox: what happened is written down with what it tells, and reaches inboxes and mailboxes afterwards."""
