"""The benchmark: how right the readings and decisions are, and what they cost beside a bare ``tesseract`` run."""
