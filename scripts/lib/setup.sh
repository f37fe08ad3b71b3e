# Shared by the scripts, which source it: messages, this machine's packages, the toolchain, processes.
# Exit codes are those of sysexits.h.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
name=$(basename "$0")

say() { printf '%s\n' "$*"; }

# fail CODE WORDS...
fail() {
    local code=$1
    shift
    printf '%s: %s\n' "$name" "$*" >&2
    exit "$code"
}

# packages_missing GROUP...: the packages of these groups that are not installed
packages_missing() {
    local group package
    while read -r group package; do
        case " $* " in *" $group "*) ;; *) continue ;; esac
        [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]] || printf '%s\n' "$package"
    done < <(grep -v -e '^#' -e '^$' "$root/scripts/lib/packages") | sort -u
}

# install_packages GROUP...
install_packages() {
    local missing as_root=()
    command -v dpkg-query >/dev/null || fail 69 "this is not a Debian machine; scripts/lib/packages lists what is needed"
    mapfile -t missing < <(packages_missing "$@")
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        # With a terminal sudo may ask for a password; without one it has to work without asking.
        if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
            as_root=(sudo)
        else
            fail 69 "packages are missing, and this user may not install them. Try as root: apt-get install ${missing[*]}"
        fi
    fi
    say "Installing Debian packages: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    local log
    log=$(mktemp)
    if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 \
        </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        fail 69 "apt-get did not install them; see above"
    fi
    rm -f "$log"
}

# Package.swift needs this toolchain or a later one.
require_swift() {
    command -v swift >/dev/null || fail 69 "no swift on PATH; a Swift toolchain of 6.2 or later is needed (swift.org/install)"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    read -r major minor <<<"${version:-0 0}"
    ((major > 6 || (major == 6 && minor >= 2))) \
        || fail 69 "swift ${major}.${minor} is too old; a Swift toolchain of 6.2 or later is needed (swift.org/install)"
}

# The background commands, each in a process group of its own; stop_all ends them.
declare -A running=()

# start LOG COMMAND...: sets `started` to its process id.
start() {
    local log=$1
    shift
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    started=$!
    set +m
    running[$started]=1
}

# stop PID: kills what has not ended after ten seconds.
stop() {
    local tries
    kill -TERM -- "-$1" 2>/dev/null || true
    for tries in {1..50}; do
        kill -0 -- "-$1" 2>/dev/null || break
        sleep 0.2
    done
    kill -KILL -- "-$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
    unset "running[$1]"
}

# ready LOG PID CURL-ARGUMENTS...: waits until the started command answers.
ready() {
    local log=$1 pid=$2 deadline=$((SECONDS + 30))
    shift 2
    until curl -sf -o /dev/null --max-time 2 "$@"; do
        if ((SECONDS >= deadline)) || ! kill -0 "$pid" 2>/dev/null; then
            cat "$log" >&2
            fail 70 "it did not start; see above"
        fi
        sleep 0.1
    done
}

stop_all() {
    local pid
    for pid in "${!running[@]}"; do stop "$pid"; done
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A command that hangs is ended after so many seconds. The longest step, a release build, takes half of it on two cores.
limit=2100

# run LOG COMMAND...: waits for the command, and reports progress every half minute. Its exit code is the command's, or 124 if
# the command took too long and was ended.
run() {
    local log=$1 begun=$SECONDS spoken=$SECONDS code=0
    start "$@"
    local pid=$started
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - begun >= limit)); then
            stop "$pid"
            say "  ended: not done after $(since "$begun")"
            return 124
        fi
        ((SECONDS - spoken >= 30)) || continue
        spoken=$SECONDS
        say "  still running after $(since "$begun")$(step_of "$log")"
    done
    wait "$pid" 2>/dev/null || code=$?
    unset "running[$pid]"
    return "$code"
}

# The last "[12/345]" of a build's log.
step_of() { tail -n 5 "$1" | sed -n 's|^\[\([0-9]*\)/\([0-9]*\)\].*|: step \1 of \2|p' | tail -n 1; }

# The time since the given SECONDS, in words.
since() {
    local seconds=$((SECONDS - $1))
    if ((seconds < 60)); then printf '%d s' "$seconds"; else printf '%d min %d s' $((seconds / 60)) $((seconds % 60)); fi
}
