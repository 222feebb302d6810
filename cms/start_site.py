"""The national site beside the CMS on a development machine: built when its sources changed, told where the CMS is."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "frontend"
OLDEST_NODE = (20, 19)
NOT_SOURCES = {"node_modules", "build", "server", ".svelte-kit"}


class NoSite(Exception):
    """The site can't be shown here; says why, in one Dutch sentence."""


def prepare() -> None:
    """Install and build what the site needs, as far as that wasn't done; raises ``NoSite``."""
    check_node()
    if _is_newer(FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"):
        _npm("ci", "--no-audit", "--no-fund")
    if any(_is_newer(source, FOLDER / "build" / "handler.js") for source in _sources()):
        print("De site wordt gebouwd …", flush=True)
        _npm("run", "build")


def addresses(port: int, site_port: int) -> dict[str, str]:
    """What the processes have to know of each other, for the CMS on one port and the site on another."""
    cms, site = f"http://localhost:{port}", f"http://localhost:{site_port}"
    return {
        "FRONTEND_URL": site,
        "SITE_PORT": str(site_port),
        "ORIGIN": site,
        "CMS_ORIGIN": cms,
        "API_URL": f"{cms}/api/v2",
        "WEBHOOK_ALLOW_LOOPBACK": "on",
    }


def register(environment: Mapping[str, str]) -> dict[str, str]:
    """Have the CMS tell the site what changes; gives the secret that the site knows it by."""
    address = f"{environment['FRONTEND_URL']}/webhook"
    done = subprocess.run(
        [sys.executable, "manage.py", "add_webhook", address, "--name", "Site op deze computer"],
        cwd=FOLDER.parent,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return {"WEBHOOK_SECRET": done.stdout.strip()}


def check_node() -> None:
    """Raises ``NoSite`` where the site can't be built or started."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise NoSite(
            "Node.js ontbreekt: het CMS start zonder de site. Installeer Node 20 of nieuwer om de site te zien."
        )
    version = subprocess.run([node, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    if tuple(map(int, version.lstrip("v").split(".")[:2])) < OLDEST_NODE:
        raise NoSite(f"Node.js {version} is te oud voor de site: het CMS start zonder. Nodig is Node 20.19 of nieuwer.")


def _npm(*arguments: str) -> None:
    done = subprocess.run(["npm", *arguments], cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise NoSite("De site kon niet worden gebouwd (zie hierboven): het CMS start zonder.")


def _sources() -> list[Path]:
    roots = [path for path in FOLDER.iterdir() if path.name not in NOT_SOURCES]
    return [path for root in roots for path in (root.rglob("*") if root.is_dir() else [root]) if path.is_file()]


def _is_newer(source: Path, made: Path) -> bool:
    return not made.exists() or source.stat().st_mtime > made.stat().st_mtime
