"""``make run``: prepare the database, load the demo into an empty site, and start web and worker."""

import os
import signal
import socket
import subprocess
import sys

HOST = "127.0.0.1"


def main() -> int:
    port = os.environ.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        print(f"PORT={port} is geen poortnummer.", file=sys.stderr)
        return 1
    if _is_taken(int(port)):
        print(f"Poort {port} is al in gebruik. Kies een andere: make run PORT={int(port) + 1}", file=sys.stderr)
        return 1
    for command in (["migrate", "--verbosity", "0"], ["setup_site"], ["load_demo", "--if-empty"]):
        try:
            subprocess.run([sys.executable, "manage.py", *command], check=True)
        except (KeyboardInterrupt, subprocess.CalledProcessError):
            return 1
    print(_addresses(port), flush=True)
    processes = subprocess.Popen(["honcho", "--no-colour", "start"])
    # honcho stops both processes on either signal; we wait for it so that nothing is left behind.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: processes.terminate())
    processes.wait()
    return 0


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _addresses(port: str) -> str:
    base = f"http://localhost:{port}"
    return f"""
  Site       {base}/
  Beheer     {base}/admin/
  Pages API  {base}/api/v2/pages/

  Stoppen met Ctrl-C.
"""


if __name__ == "__main__":
    sys.exit(main())
