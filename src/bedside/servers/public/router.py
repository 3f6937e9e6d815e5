"""The public pages under one router."""

from __future__ import annotations

from fastapi import APIRouter

from bedside.servers.public import about, board, library, patterns, protocols

router = APIRouter(include_in_schema=False)
for _pages in (patterns, protocols, library, about, board):
    router.include_router(_pages.router)
