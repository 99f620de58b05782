"""Figures about a kabupaten's plan year that anybody may check (DOMAIN 11): definitions, denominators, what is missing."""
