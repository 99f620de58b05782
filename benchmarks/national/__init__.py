"""The national set: every village of the country with its proposals, built in a database of its own."""
