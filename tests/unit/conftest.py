"""How the properties are tried."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no defect.
settings.register_profile("newsroom", settings(), deadline=None)
settings.load_profile("newsroom")
