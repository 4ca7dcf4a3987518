"""What the person who started Tryggmøte is told when it answers."""

from django.conf import settings


def welcome() -> str:
    """The address, and in demo mode whom to sign in as."""
    return f"Tryggmøte: {settings.PUBLIC_ADDRESS}"
