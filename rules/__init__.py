"""Case facts in, findings and a decision with clauses out: pure, no clock of its own, no session."""

from rules.assessing import assess, referral
from rules.policy import Policy

__all__ = ["Policy", "assess", "referral"]
