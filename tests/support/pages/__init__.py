"""Which pages of the documentation are generated? Each module here writes some: `pages()` maps paths to texts."""
