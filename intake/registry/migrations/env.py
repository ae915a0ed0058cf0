"""Alembic's entrance: migrate on the connection, and in the transaction, that the registry hands over."""

from alembic import context

from intake.registry.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction holds it all
    render_as_batch=True,
)
context.run_migrations()
