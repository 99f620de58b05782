# Sourced by every script: the root, and steps that say their name and seconds and are skipped while nothing changed.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
VAR=${MUSRENBANG_VAR:-$PWD/var}
STAMPS=$VAR/stamps
mkdir -p "$STAMPS"

fail() { printf '%s\n' "$@" >&2; exit 1; }

# step NAME COMMAND...: runs it, its output kept aside and shown only when it fails.
step() {
  local name=$1 begun=${EPOCHREALTIME/[.,]/}
  STEP_LOG=$VAR/log/${1// /-}; shift
  mkdir -p "$VAR/log"
  printf '  %-34s' "$name"
  # a plain call, not a condition: a function called as a condition would go on after its own errors
  trap 'printf "failed\n"; cat "$STEP_LOG" >&2; eval "${AT_EXIT:-:}"' EXIT
  "$@" >"$STEP_LOG" 2>&1 </dev/null
  trap "${AT_EXIT:-:}" EXIT
  printf '%5d ms\n' $(((${EPOCHREALTIME/[.,]/} - begun) / 1000))
}

# step_unless_same NAME KEY COMMAND...: the same, skipped where it succeeded before with the same key.
step_unless_same() {
  local name=$1 key=$2 stamp=$STAMPS/${1// /-}; shift 2
  [ "$(cat "$stamp" 2>/dev/null)" = "$key" ] && return
  rm -f "$stamp"
  step "$name" "$@"
  echo "$key" >"$stamp"
}

# key FILES...: one word that changes with the files' names or content; folders count with all that is in them.
key() { find "$@" -type f ! -name '*.pyc' ! -name '*.mo' -print0 | sort -z | xargs -0r sha256sum | sha256sum | cut -c1-16; }
