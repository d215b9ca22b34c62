"""Material that may lie beside a checkout and is no part of it; tests that use it skip where it is absent."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
