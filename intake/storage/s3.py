"""Objects in any S3 store, through the minio SDK. No versioning, locks or conditional writes are needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from intake.ports import NotFound, Unavailable
from intake.storage.keys import checked, key_of, object_name

_ABSENT = {"NoSuchKey", "NoSuchObject"}
_ADVICE = "see that the S3 address, key, secret and bucket are right and the store runs"


class S3Store:
    """``intake.ports.ObjectStore`` in a bucket: ``s3://KEY:SECRET@HOST[:PORT]/BUCKET``; ``s3+http://`` without TLS."""

    def __init__(self, url: str, timeout: float = 20.0) -> None:
        parts = urlsplit(url)
        self._bucket = parts.path.strip("/")
        if parts.hostname is None or not self._bucket:
            raise Unavailable("the object store URL names no host or bucket", "write s3://KEY:SECRET@HOST/BUCKET")
        self._host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        with _named_errors(self._bucket):
            self._client = Minio(
                self._host,
                access_key=unquote(parts.username or ""),
                secret_key=unquote(parts.password or ""),
                secure=parts.scheme != "s3+http",
                http_client=urllib3.PoolManager(timeout=timeout, retries=urllib3.Retry(total=2, backoff_factor=0.2)),
            )

    def put(self, content: bytes) -> str:
        key = key_of(content)
        with _named_errors(key):
            self._client.put_object(self._bucket, object_name(key), io.BytesIO(content), len(content))
        return key

    def get(self, key: str) -> bytes:
        name = object_name(key)
        with _named_errors(key):
            response = self._client.get_object(self._bucket, name)
            try:
                content = response.read()
            finally:
                response.close()
                response.release_conn()
        return checked(content, key)

    def prepare(self) -> None:
        """Make the bucket where there is none."""
        with _named_errors(self._bucket):
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

    def probe(self) -> str:
        self.get(self.put(b"intake probe"))
        return f"S3 at {self._host}, bucket {self._bucket}"


@contextmanager
def _named_errors(key: str) -> Iterator[None]:
    try:
        yield
    except S3Error as error:
        if error.code in _ABSENT:
            raise NotFound(f"no object {key[:12]}") from None
        raise Unavailable(f"object store: {error.code}", _ADVICE) from error
    except (MinioException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:  # of a name that cannot be
        raise Unavailable(f"object store: {type(error).__name__}", _ADVICE) from error
