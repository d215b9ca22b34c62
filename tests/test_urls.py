"""URLs of databases: told from paths, shown without secrets, and relative to the file that names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith._urls import anchored, is_url, shown_source, shown_url


@pytest.mark.parametrize("text", ["sqlite:///数据.db", "postgresql+psycopg://u:p@h/d", "MYSQL://h"])
def test_url_is_told_from_a_path(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text", ["数据.xlsx", "C:\\数据\\a.xlsx", "C:/a", "/a//b", "://", "a b://c", Path("a://b")]
)
def test_path_is_no_url(text: str | Path) -> None:
    assert not is_url(text)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            "postgresql+psycopg://keeper:secret@host:5432/party?sslmode=require",
            "postgresql://host:5432/party",
        ),
        ("postgresql://host/party?user=a@b&password=secret", "postgresql://host/party"),
        ("postgresql://host:1/party?user=a@b&password=secret", "postgresql://b"),
        ("mysql+pymysql://keeper:se/c:r?e#t@host/party", "mysql://host/party"),
        ("mysql://keeper:se@cret@host/party", "mysql://host/party"),
        ("sqlite:///数据 库@2026.db?timeout=3", "sqlite:///数据 库@2026.db"),
        ("postgresql://keeper@/party", "postgresql:///party"),
    ],
)
def test_url_is_shown_without_user_password_and_query(url: str, shown: str) -> None:
    assert shown_url(url) == shown


@given(
    password=st.text(st.characters(exclude_characters="@", codec="utf-8"), min_size=1).map(lambda t: f"§{t}§")
)
def test_password_is_never_shown(password: str) -> None:
    for url in (f"postgresql://u:{password}@host/d", f"mysql://host/d?password={password}"):
        assert "§" not in shown_source(url)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("数据.xlsx", Path("/unit/数据.xlsx")),
        ("sqlite:///数据.db", "sqlite:////unit/数据.db"),
        ("sqlite:///a/b.db?timeout=3", "sqlite:////unit/a/b.db?timeout=3"),
        ("sqlite:////srv/a.db", "sqlite:////srv/a.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://host/party", "postgresql://host/party"),
    ],
)
@pytest.mark.skipif("os.name == 'nt'", reason="the expected paths are those of POSIX")
def test_data_in_settings_is_relative_to_their_folder(source: str, expected: str | Path) -> None:
    assert anchored(source, Path("/unit")) == expected
