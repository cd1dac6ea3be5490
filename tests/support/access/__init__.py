"""What the tests of access share."""
