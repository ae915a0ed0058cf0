"""Case facts in, findings and a decision with clauses out: pure, no clock of its own, no session."""
