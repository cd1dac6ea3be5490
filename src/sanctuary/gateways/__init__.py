"""How does Sanctuary reach the world outside its own record? One module for each neighbour, and no policy."""
