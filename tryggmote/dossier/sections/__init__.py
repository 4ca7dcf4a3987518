"""The sections read from capabilities below, one module each, and the words they share."""
