"""Where everything lies on the machine."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = Path("/opt/goldenthread")
SOURCE = HOME / "source.git"  # every version we may take
RELEASES = HOME / "releases"  # one folder for each version, named by its commit
CURRENT = HOME / "current"  # the one that runs
SHUT = HOME / "shut"  # while this file is there, Caddy lets nobody in
MOVING = HOME / "moving.json"  # an upgrade that has not come to its end
BEFORE = HOME / "before.json"  # what `rollback` goes back to
LOCK = HOME / "lock"
DATA = Path("/var/lib/goldenthread")
BACKUPS = Path("/var/backups/goldenthread")
SETTINGS = Path("/etc/goldenthread/settings")
AUTHORITIES = Path("/etc/goldenthread/authorities.pem")
UNIT = Path("/etc/systemd/system/goldenthread.service")
UNIT_OWN = Path("/etc/systemd/system/goldenthread.service.d/backups.conf")  # of this machine
COMMAND = Path("/usr/local/bin/goldenthread")
CADDYFILE = Path("/etc/caddy/Caddyfile")
CADDY_HOME = Path("/var/lib/caddy")
OWN_AUTHORITY = CADDY_HOME / ".local/share/caddy/pki/authorities/local/root.crt"
USER = "goldenthread"
PORT = 8000
