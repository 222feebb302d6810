"""``make run``: prepare the database and the site, load the demo into an empty site, and start all processes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import environ

from cms import start_site
from cms.start_site import NoSite

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WITHOUT_SITE = ("web", "worker", "messenger", "mailer", "clock")


def main() -> int:
    environ.Env.read_env(ROOT / ".env")
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65535:
        print(f"PORT={given} is geen poortnummer.", file=sys.stderr)
        return 1
    port, site_port = int(given), int(given) + 1
    for needed in (port, site_port):
        if _is_taken(needed):
            print(f"Poort {needed} is al in gebruik. Kies een andere: make run PORT={port + 10}", file=sys.stderr)
            return 1
    # honcho gives every process a PORT of its own.
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    has_site = _prepare_site(port, site_port)
    try:
        fill(os.environ)
        if has_site:
            os.environ |= start_site.register(os.environ)
    except (KeyboardInterrupt, subprocess.CalledProcessError):
        return 1
    print(_addresses(port), flush=True)
    # The .env was read already; honcho would have it overrule what we found out.
    honcho = ["honcho", "--no-colour", "--env", os.devnull, "start"]
    processes = subprocess.Popen([*honcho, *(() if has_site else WITHOUT_SITE)])
    # honcho stops all processes on either signal; we wait for it so that nothing is left behind.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: processes.terminate())
    processes.wait()
    return 0


def fill(environment: Mapping[str, str]) -> None:
    """Make the database, and load the demo into it when it is empty; raises ``CalledProcessError``.

    The texts are rendered beforehand: whoever comes first would wait for all that a list shows.
    """
    for command in ("migrate --verbosity 0", "setup_site", "load_demo --if-empty", "rebuild_documents --stale"):
        subprocess.run([sys.executable, "manage.py", *command.split()], cwd=ROOT, env=environment, check=True)


def _prepare_site(port: int, site_port: int) -> bool:
    """Whether the site can be started too; whoever names another in ``FRONTEND_URL`` wants that one."""
    if os.environ.get("FRONTEND_URL"):
        return False
    try:
        start_site.prepare()
    except NoSite as reason:
        print(reason, file=sys.stderr)
        return False
    os.environ |= start_site.addresses(port, site_port)
    return True


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _addresses(port: int) -> str:
    base = f"http://localhost:{port}"
    return f"""
  Site       {os.environ.get("FRONTEND_URL", base)}/
  Beheer     {base}/admin/
  Pages API  {base}/api/v2/pages/

  Stoppen met Ctrl-C.
"""


if __name__ == "__main__":
    sys.exit(main())
