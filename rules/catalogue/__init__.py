"""The catalogue: procedures, forms, document types and authorities, read from YAML files into nouns of ``models``.

Layout of the folder (the shipped one is this package's own): ``forms/KEY.yaml``, ``procedures/KEY.yaml``,
``document_types/*.yaml`` (each a mapping of type keys), ``authorities.yaml``, ``field_names.yaml``, ``places.yaml``
and ``examination.yaml``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from models.catalogue import Catalogue
from rules.catalogue.describe import describe, listing
from rules.catalogue.loading import check, read_catalogue, read_examination
from rules.catalogue.source import CatalogueError, Problem

__all__ = ["FOLDER", "CatalogueError", "Problem", "check", "describe", "listing", "load_catalogue", "read_examination"]

#: The catalogue that ships with the program.
FOLDER = Path(__file__).parent


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue of a folder, by default the shipped one; read once per folder.

    Raises CatalogueError listing every mistake with file, line and key.
    """
    return _load((folder or FOLDER).resolve())


@lru_cache(maxsize=8)
def _load(folder: Path) -> Catalogue:
    return read_catalogue(folder)
