"""``bedside serve``: the pages and the API on this machine."""

from __future__ import annotations

import os

import click

from bedside.cli.output import note
from bedside.settings import Settings

HERE = "127.0.0.1"
PORT = 8400
QUEUE = 512  # connections that wait while the workers are busy


@click.command()
@click.option("--host", default=HERE, show_default=True, help="The address to listen on. 0.0.0.0: every one.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="The port.")
@click.option("--database", default="", metavar="URL", help="Where threads are kept. Default: a file in BEDSIDE_HOME.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="A host name readers use, besides this machine's own."
)
@click.option("--proxy", multiple=True, metavar="NETWORK", help="A proxy in front, whose X-Forwarded-For is believed.")
@click.option("--https", is_flag=True, help="Readers come by https, which a proxy in front ends.")
def serve(
    host: str, port: int, database: str, workers: int, allow_host: tuple[str, ...], proxy: tuple[str, ...], https: bool
) -> None:
    """Start the pages and the API. Nothing else is needed: no account, no network, no other program.

    \b
    Examples:
      bedside serve
      bedside serve --port 9000 --database postgresql+psycopg://user@db/bedside
      bedside serve --host 0.0.0.0 --allow-host bedside.ward.example --workers 2 --proxy 10.0.0.0/8 --https

    The address to open is printed. Ctrl-C stops it; what was answered is on the disk.
    """
    import uvicorn

    from bedside.servers.middleware import server_options

    for name, value in (
        ("BEDSIDE_DATABASE", database),
        ("BEDSIDE_HOSTS", ",".join(allow_host)),
        ("BEDSIDE_PROXIES", ",".join(proxy)),
        ("BEDSIDE_HTTPS", "yes" if https else ""),
    ):
        if value:
            os.environ[name] = value  # the workers are processes of their own, and read their settings again
    settings = Settings.load(os.environ)
    _checked(settings)
    note(f"bedside answers at http://{_shown(host)}:{port}/ (Ctrl-C stops it)")
    uvicorn.run(
        "bedside.servers.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        backlog=QUEUE,
        **server_options(),
    )


def _shown(host: str) -> str:
    """The host as an address of this machine: of all addresses the local one; one of IPv6 has brackets."""
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return HERE
    return f"[{host}]" if ":" in host else host


def _checked(settings: Settings) -> None:
    """Raise here what would else be said by a worker that dies: content, library or database that cannot be opened."""
    from bedside.desk import open as open_desk
    from bedside.stores.thread_store import open_threads

    open_threads(settings).close()
    _ = open_desk(settings).parts.library.release
