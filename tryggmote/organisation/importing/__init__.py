"""Taking in who is who from a file: read, check, compare, apply. Each step is a module of that name."""
