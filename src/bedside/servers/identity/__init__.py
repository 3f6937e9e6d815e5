"""Who is signed in: what routes depend on, and the pages to sign in and to keep accounts.

    from bedside.servers.identity import having, member, signed_in

    Who = Annotated[Member, Depends(member)]                      # anybody who is signed in
    Editor = Annotated[Member, Depends(having(Role.EDITOR))]      # whose roles are one of these

A test puts somebody in with ``app.dependency_overrides[member] = lambda: Member(...)``.
"""

from __future__ import annotations

from bedside.servers.identity.guard import having, install, member, signed_in

__all__ = ["having", "install", "member", "signed_in"]
