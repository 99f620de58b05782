"""Questions to the office that decides: asked, handed on, answered, measured."""
