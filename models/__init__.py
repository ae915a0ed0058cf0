"""The nouns of the office, true without a computer. Frozen dataclasses; standard library only; no tables here."""
