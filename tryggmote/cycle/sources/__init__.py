"""What the capabilities below know of a unit's year, each file for those that belong together."""
