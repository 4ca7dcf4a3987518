"""The chapters that are read from capabilities below `handbook`, which do not know it."""
