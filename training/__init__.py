"""Training of what ships with weights; an entrance: it may import anything, nothing imports it."""
