"""What stands on a page? Plain values made from a case, for a template to show; nothing of requests or of markup."""
