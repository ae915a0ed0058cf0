"""The desk: where clerks see what the machine was not sure of, correct it and let notices go."""

from intake.desk.app import create_app

__all__ = ["create_app"]
