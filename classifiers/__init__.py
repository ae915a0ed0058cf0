"""Pages in, types with calibrated confidence and evidence out; "unsure" is a value. The weights that ship live here."""
