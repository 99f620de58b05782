"""The floor over HTTP: the room's state and events, turns, statements, questions and motions."""
