"""The dictionary of works (kamus usulan): reading it from sheets, finding works by everyday words, comparing prices."""
