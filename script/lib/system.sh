# Sourced: what the machine itself must have. Debian and Ubuntu get it installed; elsewhere the list is printed.

# The newest Python from 3.11 that can make environments.
python_found() {
  local name
  for name in python3.14 python3.13 python3.12 python3.11 python3; do
    "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$name"; return; }
  done
  return 1
}

python_package() {
  local version
  for version in 3.13 3.12 3.11; do
    apt-cache show "python$version-venv" >/dev/null 2>&1 && { echo "python$version python$version-venv"; return; }
  done
  echo "python3 python3-venv"
}

# The newest PostgreSQL here that has PostGIS: its folder of programs.
postgres_found() {
  local bin version found=
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
    version=${bin#/usr/lib/postgresql/}
    [ -x "$bin/initdb" ] && [ -e "/usr/share/postgresql/${version%/bin}/extension/postgis.control" ] && found=$bin
  done
  [ -n "$found" ] && echo "$found"
}

postgres_package() {
  apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d' ' -f1 | sort -V | tail -1 | grep . || echo postgresql-15-postgis-3
}

chromium_found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
# What sets the pages of papers (WeasyPrint): Pango and the part of HarfBuzz that cuts letters out of a font.
pango_found() { local name; for name in libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do _libraries | grep -F "$name" >/dev/null || return 1; done; }
_libraries() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p; }
letters_found() { find /usr/share/fonts -name '*.?tf' 2>/dev/null | grep . >/dev/null; }

# missing PURPOSE: the names of the packages to install, for "server" or "test".
missing() {
  python_found >/dev/null || python_package
  [ -n "${DATABASE_URL:-}" ] || postgres_found >/dev/null || postgres_package
  command -v msgfmt xgettext >/dev/null || echo gettext
  pango_found || echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  letters_found || echo fonts-dejavu-core
  [ "$1" = test ] || return 0
  chromium_found >/dev/null || echo chromium
  command -v redis-server >/dev/null || echo redis-server
}

system_packages() {
  local wanted as_root=()
  wanted=$(missing "$1" | xargs)
  [ -n "$wanted" ] || return 0
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
    fail "This machine lacks (named as in Debian): $wanted" "Install them and start again, or set DATABASE_URL to use a server of your own."
  fi
  "${as_root[@]}" apt-get update -q
  wanted=$(missing "$1" | xargs -n1 | while read -r name; do
    apt-cache show "$name" >/dev/null 2>&1 && echo "$name" || echo "not offered by this distribution: $name" >&2
  done | xargs)
  # shellcheck disable=SC2086 - a list of words
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $wanted
}
