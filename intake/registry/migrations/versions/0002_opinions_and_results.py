"""Opinions of other agencies, and the order that a notice of the result tells of."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.String(length=80), nullable=True),
        sa.Column("favourable", sa.Boolean(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_opinions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("case_id", "agency", name=op.f("uq_opinions_case_id_agency")),
    )
    op.create_index(op.f("ix_opinions_agency"), "opinions", ["agency"], unique=False)
    op.create_index(op.f("ix_opinions_due_on"), "opinions", ["due_on"], unique=False)
    op.add_column("notices", sa.Column("order_date", sa.Date(), nullable=True))
    op.add_column("notices", sa.Column("order_number", sa.Text(), nullable=True))
