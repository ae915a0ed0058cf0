"""Where bytes are kept: immutable, under the SHA-256 that we compute (``sha256/ab/cdef...``)."""

from intake.storage.folder import FolderStore
from intake.storage.s3 import S3Store

__all__ = ["FolderStore", "S3Store"]
