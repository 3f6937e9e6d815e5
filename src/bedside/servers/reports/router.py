"""Everything about reader reports under one router."""

from __future__ import annotations

from fastapi import APIRouter

from bedside.servers.reports import editors, readers

router = APIRouter(include_in_schema=False)
for _pages in (readers, editors):
    router.include_router(_pages.router)
