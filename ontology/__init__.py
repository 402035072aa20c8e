"""The vocabulary and the ontology: what zhili looks for, and what its graph means."""
