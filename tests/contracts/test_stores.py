"""The same facts about both object stores: a folder and an S3 bucket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.ports import NotFound, ObjectStore, Rejected, Unavailable
from intake.storage import FolderStore, S3Store
from tests.contracts.servers import free_port, s3_gateway


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.story)], scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    if request.param == "folder":
        yield FolderStore(tmp_path_factory.mktemp("objects"))
        return
    with s3_gateway() as url:
        bucket = S3Store(url)
        bucket.prepare()
        bucket.prepare()
        yield bucket


@pytest.mark.parametrize("content", [b"", b"Salam \xc9\x99", bytes(range(256)) * 20_000])
def test_what_was_put_comes_back_under_its_hash(store: ObjectStore, content: bytes) -> None:
    """The key is the SHA-256 of the content; empty and large objects are no exception."""
    key = store.put(content)
    assert key == hashlib.sha256(content).hexdigest() and store.get(key) == content


def test_the_same_bytes_again_change_nothing(store: ObjectStore) -> None:
    """Putting twice gives one key and one object."""
    assert store.put(b"twice") == store.put(b"twice")
    assert store.get(store.put(b"twice")) == b"twice"


@pytest.mark.parametrize("key", ["0" * 64, "../../etc/passwd", "", "sha256/ab", "A" * 64])
def test_what_was_never_put_is_not_found(store: ObjectStore, key: str) -> None:
    """Absent keys, and what cannot be a key, are the same named error."""
    with pytest.raises(NotFound):
        store.get(key)


def test_the_probe_writes_and_reads(store: ObjectStore) -> None:
    """A working store describes itself."""
    assert store.probe()


def test_a_damaged_object_is_never_handed_out(tmp_path: Path) -> None:
    """Bytes that no longer match their key are an error, not a document; the right ones put again mend it."""
    store = FolderStore(tmp_path)
    key = store.put(b"honest")
    (tmp_path / "sha256" / key[:2] / key[2:]).write_bytes(b"forged")
    with pytest.raises(Rejected):
        store.get(key)
    assert store.get(store.put(b"honest")) == b"honest"


@pytest.mark.story
def test_a_store_that_is_away_is_unavailable() -> None:
    """No server, wrong secret: a named error with advice, soon."""
    with pytest.raises(Unavailable) as caught:
        S3Store(f"s3+http://a:b@127.0.0.1:{free_port()}/mail", timeout=1).put(b"x")
    assert caught.value.advice
    with s3_gateway() as url, pytest.raises(Unavailable):
        S3Store(url.replace("testersecret", "wrong")).put(b"x")
