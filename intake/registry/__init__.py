"""The office's memory: tables, queries, migrations. A case's history is append-only."""

from intake.registry.database import SqlRegistry

__all__ = ["SqlRegistry"]
