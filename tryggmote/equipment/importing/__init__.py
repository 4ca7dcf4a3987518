"""A list of equipment from a spreadsheet (3.5): kept, shown, taken in as a whole or not at all, forgotten."""
