#!/usr/bin/env bash
# Installs what the tests need beside the .NET SDK, where it may: Debian's packages, as root or with a sudo that asks for no password. Says what it
# could not install and goes on: the tests that need it then say so by name. Does nothing where everything is there.
set -euo pipefail

has_postgresql() {
    [[ -n ${MIGRATIONTOOLS_TEST_POSTGRES_BIN:-} ]] && return
    command -v initdb > /dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null
}

# Debian puts servers where only root's PATH leads.
has_program() {
    command -v "$1" > /dev/null || [[ -x /usr/sbin/$1 ]]
}

# package, what it is for, and how to see that it is there
needs=(
    'postgresql|PostgreSQL, of which the tests start clusters of their own|has_postgresql'
    'sqlite3|the sqlite3 command line, which builds the sample|command -v sqlite3'
    'openssl|openssl, which makes certificates for encrypted connections|command -v openssl'
    'haproxy|HAProxy, of which the tests start processes of their own|has_program haproxy'
    'nginx|nginx, likewise|has_program nginx'
    'prometheus|Prometheus and promtool, of which the tests start servers of their own|command -v prometheus'
    'procps|ps, with which the tests look at processes|command -v ps'
)

missing=()
for need in "${needs[@]}"; do
    IFS='|' read -r package purpose probe <<< "$need"
    if ! $probe > /dev/null 2>&1; then
        missing+=("$package|$purpose|$probe")
    fi
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

give_up() {
    local need package purpose probe
    for need in "${missing[@]}"; do
        IFS='|' read -r package purpose probe <<< "$need"
        printf 'setup: %s is missing and was not installed (%s): %s\n' "$package" "$1" "$purpose" >&2
    done
    exit 0
}

as_root=()
if ((EUID != 0)); then
    if ! sudo -n true 2> /dev/null; then
        give_up 'not root, and sudo asks for a password or is not there'
    fi
    as_root=(sudo -n)
fi
if ! command -v apt-get > /dev/null; then
    give_up 'no apt-get on this machine'
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >> "$log" 2>&1 < /dev/null
}

had_clusters=true
has_postgresql || had_clusters=false
apt update || printf 'setup: apt-get update failed; trying with the lists that are there\n' >&2
for need in "${missing[@]}"; do
    IFS='|' read -r package purpose probe <<< "$need"
    printf 'setup: installing %s\n' "$package" >&2
    if ! apt install --yes --no-install-recommends "$package" || ! $probe > /dev/null 2>&1; then
        printf 'setup: %s could not be installed: %s. The end of what apt-get said:\n' "$package" "$purpose" >&2
        tail -n 5 "$log" | sed 's/^/    /' >&2
    fi
done

# Debian starts what it installs. The tests don't use those either, and port 80 is not theirs to take.
for need in "${missing[@]}"; do
    IFS='|' read -r package purpose probe <<< "$need"
    if [[ $package == haproxy || $package == nginx || $package == prometheus ]] && command -v service > /dev/null; then
        ${as_root[@]+"${as_root[@]}"} service "$package" stop >> "$log" 2>&1 || true
    fi
done

# Debian starts a cluster of its own when PostgreSQL is new on a machine. The tests don't use it, so it does not stay up.
if [[ $had_clusters == false ]] && command -v pg_lsclusters > /dev/null; then
    while read -r version name _ status _; do
        if [[ $status == online* ]]; then
            ${as_root[@]+"${as_root[@]}"} pg_ctlcluster "$version" "$name" stop >> "$log" 2>&1 || true
        fi
    done < <(pg_lsclusters --no-header)
fi
