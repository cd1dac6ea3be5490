"""What is kept, and who may see it? The only tables, their encryption, and the questions asked of them; no policy."""
