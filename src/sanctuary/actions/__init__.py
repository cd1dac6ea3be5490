"""What may be done to a case? One verb, one file; each is one transaction, and nothing else writes."""
