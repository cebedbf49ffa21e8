"""Organisations and people: the tree, units, roles, duty, absence and substitution, working hours, who may do what."""
