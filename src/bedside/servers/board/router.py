"""The board's pages under one router. Each asks who is signed in by itself."""

from __future__ import annotations

from fastapi import APIRouter

from bedside.servers.board import acting, home, queue, sources, trail, versions, workbench
from bedside.servers.board.address import BOARD

router = APIRouter(include_in_schema=False)
router.include_router(home.router)
for _pages in (queue, workbench, versions, acting, sources, trail):
    router.include_router(_pages.router, prefix=BOARD)
