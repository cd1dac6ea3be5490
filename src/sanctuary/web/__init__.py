"""What do people see? Pages rendered on the server; they decide nothing: loading, one action or query, rendering."""
