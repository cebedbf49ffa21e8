"""Otklik: how an administration answers what citizens write about it."""
