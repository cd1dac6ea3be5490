"""The steps by which the tables came to be. Each runs one file of `records/sql`."""
