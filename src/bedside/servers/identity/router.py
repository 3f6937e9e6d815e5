"""Everything about accounts under one router."""

from __future__ import annotations

from fastapi import APIRouter

from bedside.servers.identity import entering, members, profile, single

router = APIRouter(include_in_schema=False)
for _pages in (entering, single, profile, members):
    router.include_router(_pages.router)
