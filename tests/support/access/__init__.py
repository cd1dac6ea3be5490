"""What tests of access share."""
