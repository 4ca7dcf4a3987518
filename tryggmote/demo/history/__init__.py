"""Twelve months of what the fictional people did, drawn from the seed and the last day."""
