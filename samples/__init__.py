"""Synthetic applicants and their messages, for variety; nothing that reads or decides imports this package."""
