"""Pictures beside the data: nothing outside its folder is read, and nothing that is no picture."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from docsmith.model.columns import Column, Kind
from docsmith.model.pictures import MOST_BYTES, PictureError, Pictures, picture_path, pixels
from docsmith.model.values import CellError, read_cell

COLUMN = Column("photo", "照片", Kind.PICTURE)


def picture(width: int = 30, height: int = 40, kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height), 128).save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of data with a picture in it, and another picture beside the folder."""
    (tmp_path / "数据" / "照片").mkdir(parents=True)
    (tmp_path / "数据" / "照片" / "张三.png").write_bytes(picture())
    (tmp_path / "秘密.png").write_bytes(picture())
    return tmp_path / "数据"


def test_a_picture_is_read_by_its_path_from_the_folder_of_the_data(folder: Path) -> None:
    assert Pictures((folder.parent / "别处", folder)).read("照片/张三.png") == picture()


@pytest.mark.parametrize("cell", ["照片\\张三.png", " 照片/张三.png ", "./照片/张三.png"])
def test_a_path_is_read_as_people_write_it(cell: str) -> None:
    assert read_cell(cell, COLUMN) == "照片/张三.png"


@pytest.mark.parametrize("cell", [None, "", "无", "—"])
def test_no_picture_is_nothing(cell: str | None) -> None:
    assert read_cell(cell, COLUMN) is None


@pytest.mark.parametrize(
    "cell",
    ["../秘密.png", "照片/../../秘密.png", "/etc/x.png", "C:\\x.png", "\\\\host\\x.png", "a\x00.png",
     "文件.docx", "无后缀", "http://x/y.png", f"{'长' * 300}.png"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_or_to_no_picture_is_a_finding(cell: str) -> None:
    with pytest.raises(CellError) as caught:
        read_cell(cell, COLUMN)
    assert caught.value.code == "picture-unreadable"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "链接.png").symlink_to(folder.parent / "秘密.png")
    (folder / "外面").symlink_to(folder.parent)
    for name in ("链接.png", "外面/秘密.png"):
        with pytest.raises(PictureError, match="leads out"):
            Pictures((folder,)).read(name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "管道.png")
    (folder / "文件夹.png").mkdir()
    for name in ("管道.png", "文件夹.png"):
        with pytest.raises(PictureError, match="no file"):
            Pictures((folder,)).read(name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "neither PNG nor JPEG"),
        (b"<svg/>", "neither PNG nor JPEG"),
        (picture(kind="GIF"), "neither PNG nor JPEG"),
        (b"\xff\xd8\xff\xe0\x00\x00", "neither PNG nor JPEG"),
        (picture()[:16] + b"\x00\x01\x00\x00" * 2 + picture()[24:], "million pixels"),
        (b"\x89PNG" + bytes(MOST_BYTES), "larger than"),
    ],
)
def test_a_file_that_is_no_bearable_picture_is_refused(folder: Path, content: bytes, message: str) -> None:
    (folder / "坏.png").write_bytes(content)
    with pytest.raises(PictureError, match=message):
        Pictures((folder,)).read("坏.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [(1, 1), (30, 40), (1200, 25)])
def test_the_size_of_a_picture_is_known(kind: str, size: tuple[int, int]) -> None:
    assert pixels(picture(*size, kind)) == size


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_a_picture_or_refused(content: bytes, head: bytes) -> None:
    with contextlib.suppress(PictureError):
        assert all(pixels(head + content))


@given(st.text(max_size=40))
def test_no_path_leads_out_of_the_folder(text: str) -> None:
    try:
        path = picture_path(f"{text}.png")
    except PictureError:
        return
    assert (Path("/data") / path).resolve().is_relative_to("/data")


def test_a_picture_that_is_changed_is_known_and_no_other_is_looked_at(folder: Path) -> None:
    pictures = Pictures((folder,))
    before = pictures.state(["照片/张三.png", "没有.png"])
    (folder / "照片" / "李四.png").write_bytes(picture())
    assert pictures.state(["照片/张三.png", "没有.png"]) == before
    (folder / "照片" / "张三.png").write_bytes(picture(31))
    assert pictures.state(["照片/张三.png", "没有.png"]) != before


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_picture_behind_a_link_is_known_by_what_is_read(folder: Path) -> None:
    (folder / "链接.png").symlink_to("照片/张三.png")
    before = Pictures((folder,)).state(["链接.png"])
    (folder / "照片" / "张三.png").write_bytes(picture(31))
    assert Pictures((folder,)).state(["链接.png"]) != before


def test_a_head_without_end_is_not_read_to_the_end() -> None:
    with pytest.raises(PictureError):
        pixels(b"\xff\xd8" + b"\xff" * 8_000_000)
