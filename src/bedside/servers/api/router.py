"""Every route of the API, version 1."""

from __future__ import annotations

from fastapi import APIRouter

from bedside.servers.api.asking import router as asking
from bedside.servers.api.auditing import router as auditing
from bedside.servers.api.library import router as library

router = APIRouter()
for part in (asking, library, auditing):
    router.include_router(part)
