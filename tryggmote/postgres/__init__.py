"""PostgreSQL: the connection settings, and for a laptop a server of its own."""
