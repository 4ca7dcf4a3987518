"""Who may write and approve what a unit adds to the action cards. No database, no request."""


def may_write_addition(*, leads: bool, represents: bool) -> bool:
    """Those who lead the unit and its safety representatives write; leaders approve (3.2, AML § 6-2)."""
    return leads or represents
