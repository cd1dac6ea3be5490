"""The connection by which requests are served."""
