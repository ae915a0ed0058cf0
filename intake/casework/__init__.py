"""The story of a case: receive, read, check, send, amend, sweep."""
