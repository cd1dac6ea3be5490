"""What runs with no one at the keyboard."""
