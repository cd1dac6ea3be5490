"""The record on a real database: each test commits, on logins that the policies hold."""
