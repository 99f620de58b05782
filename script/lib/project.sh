# Sourced: the steps from a bare checkout to a database that can be walked.
. script/lib/system.sh
. script/lib/postgres.sh
PYTHON=.venv/bin/python

# environment [dev]: the locked Python packages; an environment that once got the tools of development keeps them.
environment() {
  local lock=requirements.txt
  if [ "${1:-}" = dev ] || [ -x .venv/bin/pytest ]; then lock=requirements-dev.txt; fi
  $PYTHON -c '' 2>/dev/null && [ -x .venv/bin/uv ] || step "python environment" _make_environment
  step_unless_same "python packages" "$lock $(key $lock) $($PYTHON --version)" .venv/bin/uv pip sync --quiet --compile-bytecode --python $PYTHON "$lock"
}

_make_environment() {
  rm -rf .venv
  "$(python_found)" -m venv .venv
  $PYTHON -m pip install --quiet uv
}

node_packages() {
  [ -d node_modules ] || rm -f "$STAMPS/node-packages"
  step_unless_same "node packages" "$(key package.json package-lock.json)" _node_packages
}

front_end() {
  node_packages
  [ -d frontend/static ] || rm -f "$STAMPS/scripts-and-styles"
  [ -d "$VAR/static" ] || rm -f "$STAMPS/static-files"
  step_unless_same "scripts and styles" "$(key package-lock.json frontend/build.mjs frontend/sprite frontend/scripts frontend/styles)" _npm run build
  step_unless_same "translations" "$(find . -path ./.venv -prune -o -path ./node_modules -prune -o -path '*/locale/*.po' -print0 | sort -z | xargs -0r sha256sum | sha256sum)" _catalogues
  step_unless_same "static files" "$(key frontend/static requirements.txt)" _static_files
}

# redoc and the pages of the REST framework are megabytes that nothing here shows
_static_files() { $PYTHON manage.py collectstatic --noinput --clear -i redoc -i rest_framework; }
_npm() { PATH=$PWD/.venv/bin:$PATH npm "$@"; }
_node_packages() { PUPPETEER_SKIP_DOWNLOAD=1 _npm ci --no-fund --no-audit; }
_catalogues() {
  local file
  for file in */locale/*/LC_MESSAGES/*.po; do msgfmt --check-format -o "${file%.po}.mo" "$file"; done
}

# A database remembers what was done to it: the private one beside its files, one that was given under its address.
database() {
  if [ -z "${DATABASE_URL:-}" ]; then
    PGBIN=$(postgres_found) || fail "no PostgreSQL with PostGIS"
    { [ -n "$PGBIN" ] && postgres_runs && [ -s "$PG/url" ]; } || step "private PostGIS" postgres_start
    STAMPS=$PG/stamps
  else
    STAMPS=$VAR/stamps/$(printf %s "$DATABASE_URL" | cksum | cut -d' ' -f1)
  fi
  mkdir -p "$STAMPS"
  # nothing tells us when a server that was given is emptied: its migrations are looked at every time
  step_unless_same "migrations" "$(key ./*/migrations requirements.txt) ${DATABASE_URL:+$EPOCHREALTIME}" _migrate
  step_unless_same "regions" "$(key package-lock.json geo/register.py geo/management)" $PYTHON manage.py load_regions
  boundaries
  step_unless_same "demonstration" loaded _demonstration
}

# A database that was empty remembers nothing.
_migrate() {
  $PYTHON manage.py migrate --no-input | tee "$STAMPS/migrated"
  ! grep -q 'Applying geo.0001' "$STAMPS/migrated" || rm -f "$STAMPS"/{regions,boundaries,demonstration}
}

# MUSRENBANG_BOUNDARIES: GeoJSON files or folders of them, separated by spaces, commas or colons.
boundaries() {
  local files=()
  [ -n "${MUSRENBANG_BOUNDARIES:-}" ] || return 0
  mapfile -t files < <(tr ' ,:' '\n' <<<"$MUSRENBANG_BOUNDARIES" | grep . | while read -r path; do
    if [ -d "$path" ]; then find "$path" -name '*.geojson' | sort; else echo "$path"; fi
  done)
  step_unless_same "boundaries" "$(stat -c '%n %s %Y' "${files[@]}" | cksum)" $PYTHON manage.py load_boundaries "${files[@]}"
}

# A database where real people signed up gets no accounts with a public password: that is no failure.
_demonstration() {
  $PYTHON manage.py load_demo >"$STAMPS/accounts" 2>&1 || grep 'real users' "$STAMPS/accounts" || { cat "$STAMPS/accounts"; return 1; }
}
