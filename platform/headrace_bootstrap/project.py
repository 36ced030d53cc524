"""Where the project's own files are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PLATFORM: Final = ROOT / "platform"
FRONT_END: Final = ROOT / "frontend"
PLUGINS: Final = ROOT / "plugins"
REQUIREMENTS: Final = ROOT / "requirements"
VIRTUAL_ENVIRONMENT: Final = ROOT / ".venv"
PYTHON: Final = VIRTUAL_ENVIRONMENT / "bin" / "python"


def plugin_folders() -> list[Path]:
    """The example distributions under `plugins/`, in a fixed order."""
    return sorted(manifest.parent for manifest in PLUGINS.glob("*/pyproject.toml"))
