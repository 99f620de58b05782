# Sourced: the project's own PostgreSQL with PostGIS under var/postgres, on a port of its own, for this folder only.
# initdb refuses root: root lends it to the system's user postgres or, where that user cannot reach the folder, to a user
# namespace. Left behind: url (settings.py reads it), port, password, run/ (the socket), data/, postgres.log.
PG=$VAR/postgres
PG_SUPERUSER=pgsuper
POSTGRES_STARTED=

postgres_start() {
  mkdir -p "$PG/data" "$PG/run"
  exec 9>"$PG/lock"
  flock -w 120 9 # two starts at once: the second waits and finds it running
  PGBIN=$(postgres_found)
  _choose_socket
  _choose_owner
  [ -s "$PG/password" ] || (umask 077 && od -An -N18 -tx1 /dev/urandom | tr -d ' \n' >"$PG/password")
  [ -s "$PG/data/PG_VERSION" ] || _make_cluster
  postgres_runs || _start_cluster
  _make_database
  (umask 077 && echo "postgis://musrenbang:$(<"$PG/password")@127.0.0.1:$(<"$PG/port")/musrenbang" >"$PG/url")
  exec 9>&-
}

postgres_stop() {
  PGBIN=$(postgres_found)
  _choose_socket
  _choose_owner
  _as_owner "$PGBIN/pg_ctl" -D "$PG/data" -m fast -w stop >/dev/null
}

# Asked through the socket: a stranger may listen on the port by now.
postgres_runs() { _choose_socket && [ -s "$PG/port" ] && "$PGBIN/pg_isready" -q -h "$SOCKETS" -p "$(<"$PG/port")"; }

_as_owner() { (cd "$PG/data" && "${OWNER[@]}" "$@" 9>&-); }

_choose_owner() {
  OWNER=(env)
  if [ "$(id -u)" = 0 ]; then
    # files made in a user namespace belong to root: they stay with it
    if [ "$(stat -c %U "$PG/data/PG_VERSION" 2>/dev/null)" != root ] && id postgres >/dev/null 2>&1 && runuser -u postgres -- test -x "$PG"; then
      OWNER=(runuser -u postgres --)
      touch "$PG/postgres.log"
      chown postgres: "$PG/data" "$PG/run" "$SOCKETS" "$PG/postgres.log"
    else
      OWNER=(unshare --user --map-user=1000 --map-group=1000 --)
    fi
  fi
  chmod 700 "$PG/data" "$PG/run"
}

# A socket's path has at most 107 bytes; a deep folder gets a short one in /tmp that only its owner may enter.
_choose_socket() {
  SOCKETS=$PG/run
  [ $((${#SOCKETS} + 22)) -gt 107 ] || return 0
  SOCKETS=/tmp/musrenbang-$(id -u)-$(printf %s "$PG" | cksum | cut -d' ' -f1)
  [ -d "$SOCKETS" ] || mkdir -m 700 "$SOCKETS" # fails where somebody else made it a file or a link
}

_make_cluster() {
  _as_owner "$PGBIN/initdb" -D "$PG/data" -U $PG_SUPERUSER --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  printf '%s\n' "listen_addresses = '127.0.0.1'" "shared_buffers = 256MB" "max_connections = 200" "jit = off" \
    "random_page_cost = 1.1" "shared_preload_libraries = 'postgis-3'" >>"$PG/data/postgresql.conf"
}

_start_cluster() {
  _forget_dead_server
  local attempt
  for attempt in 1 2 3; do # the processes of a killed server may need a second to go
    [ -s "$PG/port" ] && ! _taken "$(<"$PG/port")" || _free_port >"$PG/port"
    _as_owner "$PGBIN/pg_ctl" -D "$PG/data" -l "$PG/postgres.log" -w -t 60 \
      -o "-p $(<"$PG/port") -k '$SOCKETS'" start </dev/null && POSTGRES_STARTED=1 && return
    sleep 1
  done
  tail -20 "$PG/postgres.log"
  return 1
}

# After a kill the pid file stays, and its number may belong to a zombie or to a stranger by now.
_forget_dead_server() {
  local pid
  pid=$(head -1 "$PG/data/postmaster.pid" 2>/dev/null) || return 0
  [ "$(readlink "/proc/$pid/cwd")" = "$(readlink -f "$PG/data")" ] || rm -f "$PG/data/postmaster.pid" "$SOCKETS"/.s.PGSQL.*
}

_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

_free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)) && _taken "$port"; do :; done
  echo "$port"
}

_make_database() {
  local ask=("$PGBIN/psql" -XqtA -v ON_ERROR_STOP=1 -h "$SOCKETS" -p "$(<"$PG/port")" -U "$PG_SUPERUSER")
  [ -z "$("${ask[@]}" -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'musrenbang'")" ] || return 0
  rm -rf "$PG/stamps"
  # Only a superuser may create PostGIS: from template1 every database has it, the tests' too.
  "${ask[@]}" -d template1 -c "CREATE EXTENSION IF NOT EXISTS postgis" -c "CREATE EXTENSION IF NOT EXISTS pg_trgm"
  [ -n "$("${ask[@]}" -d postgres -c "SELECT 1 FROM pg_roles WHERE rolname = 'musrenbang'")" ] ||
    "${ask[@]}" -d postgres -c "CREATE ROLE musrenbang LOGIN CREATEDB PASSWORD '$(<"$PG/password")'"
  "${ask[@]}" -d postgres -c "CREATE DATABASE musrenbang OWNER musrenbang"
}
