"""Bytes in, pages out; pages in, fields with provenance out. Pure: nothing here knows a database, a queue or a law."""
