"""The leaflet where pages look for it."""

from __future__ import annotations

from bedside.rendering.takeaway.leaflet import Leaflet, leaflet

__all__ = ["Leaflet", "leaflet"]
