"""What the store holds is believed only whole, and its absence changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tieout.machine.store import NOTHING, Store, installed, key_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def kept(store: Store) -> list[Path]:
    assert store.folder is not None
    return sorted(path for path in store.folder.glob("*/*") if path.is_file())


def test_what_is_kept_comes_back(store: Store) -> None:
    key = key_of("a", 1, ["x"])
    assert store.recall(key) is None
    store.keep(key, b"result")
    assert store.recall(key) == b"result"
    assert Store(store.folder).recall(key) == b"result"
    assert store.recall(key_of("a", 1, ["y"])) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 32, b"\0" * 40])
def test_what_was_cut_or_altered_is_not_believed(store: Store, damage: bytes) -> None:
    store.keep(key_of("a"), b"result")
    (path,) = kept(store)
    whole = path.read_bytes()
    for data in (damage, whole[:-1], whole + b"x", whole[:-1] + b"T"):
        path.write_bytes(data)
        assert store.recall(key_of("a")) is None
    store.keep(key_of("a"), b"result")
    assert store.recall(key_of("a")) == b"result"


def test_what_was_used_longest_ago_goes_first(store: Store) -> None:
    for name in ("old", "used", "new"):
        store.keep(key_of(name), b"x" * 100)
    for age, name in enumerate(("new", "used", "old")):
        assert store.folder is not None
        path = store.folder / key_of(name)[:2] / key_of(name)[2:]
        os.utime(path, (1_000_000_000 - age, 1_000_000_000 - age))
    later = Store(store.folder)
    assert later.recall(key_of("old"))
    later.prune(most=300)
    assert later.recall(key_of("old")) and later.recall(key_of("new"))
    assert later.recall(key_of("used")) is None


def test_a_store_that_cannot_be_written_only_forgets(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for store in (Store(tmp_path / "file"), NOTHING):
        store.keep(key_of("a"), b"result")
        assert store.recall(key_of("a")) is None
        store.prune()


def test_another_version_of_any_package_is_another_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site-packages"
    (folder / "fitted-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(folder)])
    before = installed.__wrapped__()
    (folder / "fitted-1.0.dist-info").rename(folder / "fitted-1.1.dist-info")
    assert installed.__wrapped__() != before
