"""URLs of databases: told from paths, shown without secrets, and relative to the file that names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith._urls import anchored, is_torn, is_url, secrets_of, shown_source, shown_url


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


@given(st.lists(st.text("a:/?#&;%.", max_size=5), min_size=2, max_size=4))
def test_password_with_any_signs_is_never_shown(pieces: list[str]) -> None:
    password = "@".join(f"§{piece}§" for piece in pieces)
    url = f"postgresql+psycopg://u:{password}@host/d"
    assert is_torn(url)
    assert shown_url(url) == "postgresql://host/d"
    assert password in secrets_of(url)


@pytest.mark.parametrize("url", ["postgresql://u:p%40s@h/d", "sqlite:///a@b@c.db", "a@b@c", "mysql://h/d"])
def test_url_with_one_at_sign_or_none_is_whole(url: str) -> None:
    assert not is_torn(url)


def test_password_is_secret_as_it_is_written_as_it_is_meant_and_in_its_pieces() -> None:
    secrets = secrets_of("postgresql://u:p@ss%2Fword-4711@host/d")
    assert {"p@ss%2Fword-4711", "p@ss/word-4711", "word-4711"} <= set(secrets)
    assert secrets_of("postgresql://host:5432/party") == secrets_of("sqlite:///a:b@c.db") == ()


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
