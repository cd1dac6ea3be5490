"""How is this installation set up? Settings, addresses and the server; no behaviour of its own."""
