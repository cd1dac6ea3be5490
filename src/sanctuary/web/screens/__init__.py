"""Which views are there? One file a screen: it loads, calls one action or one query, and shows; screens stand alone."""
