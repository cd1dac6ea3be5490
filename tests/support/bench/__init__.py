"""How fast is Sanctuary, beside the least that the same machine could do? Run by `make bench`; never a test."""
