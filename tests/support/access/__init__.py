"""What the proof of access is made of: the page that people wrote, cases with marks in them, and people to ask as."""
