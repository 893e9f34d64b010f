#!/usr/bin/env bash
# A comparison as a real Slurm array job on this one machine: six partitions, one of them killed while it runs, found missing by the merge, run again, merged.
#
#   bash scripts/array-jobs/slurm-demo.sh
#
# Needs Debian's slurm-wlm and munge, and sqlite3. Starts its own munged, slurmctld and slurmd in a private directory, touches no cluster that is there,
# and stops them again. The program is MIGRATIONTOOLS, or built from this clone. ROWS says how many rows a side has.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rows=${ROWS:-1500000}
work=$(mktemp -d "${TMPDIR:-/tmp}/slurm-demo.XXXXXX")
started=()

say() { printf '\n== %s\n' "$*"; }
die() { printf 'slurm-demo: %s\n' "$*" >&2; exit 1; }

stop() {
  local status=$?
  trap - EXIT
  # The last started first: munged is needed by the others to the end.
  for (( i = ${#started[@]} - 1; i >= 0; i-- )); do
    local pid
    pid=$(cat "$work/${started[i]}.pid" 2>/dev/null) || continue
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -0 "$pid" 2>/dev/null && kill -KILL "$pid" || true
    echo "stopped ${started[i]} ($pid)"
  done
  if (( status == 0 )); then rm -rf "$work"; else echo "logs: $work" >&2; fi
  exit "$status"
}
trap stop EXIT

for program in munged slurmctld slurmd sbatch squeue scancel sinfo sqlite3; do
  command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || die "there is no $program: apt-get install slurm-wlm munge sqlite3"
done
PATH=$PATH:/usr/sbin

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || shuf -i 20000-29999 -n 1; }

wait_until() { # what, seconds, command
  local what=$1 tries=$(( $2 * 5 ))
  shift 2
  until "$@"; do (( tries-- > 0 )) || die "$what: waited too long"; sleep 0.2; done
}

say "munged, slurmctld and slurmd, in $work"
chmod 755 "$work"
mkdir -p "$work/state" "$work/spool" "$work/bin" "$work/munge"
node=$(hostname -s)
me=$(id -un)
(umask 077; head -c 1024 /dev/urandom > "$work/munge/key")
cat > "$work/slurm.conf" <<CONF
ClusterName=demo
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=2
MinJobAge=600
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=demo Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
munged --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munged.pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed"
started+=(munged)
slurmctld -f "$SLURM_CONF"
started+=(slurmctld)
slurmd -f "$SLURM_CONF" -N "$node"
started+=(slurmd)
is_idle() { sinfo -h -o %T 2>/dev/null | grep -qx idle; }
wait_until "the node to be idle" 60 is_idle
sinfo

if [[ -z ${MIGRATIONTOOLS:-} ]]; then
  dotnet build "$root/src/MigrationTools.Cli" -v q --nologo >"$work/build.log" || { cat "$work/build.log"; die "the program does not build"; }
  MIGRATIONTOOLS=$root/src/MigrationTools.Cli/bin/Debug/net10.0/migrationtools
fi
ln -s "$(realpath "$MIGRATIONTOOLS")" "$work/bin/migrationtools"
export PATH=$work/bin:$PATH

say "two databases of $rows rows"
cd "$work"
sqlite3 old.db "create table readings (id integer primary key, at text not null, value real, note text);
  insert into readings with recursive n(i) as (select 1 union all select i + 1 from n where i < $rows)
  select i * 3, '2024-01-01T' || i, i * 0.25, 'reading ' || i from n;"
cp old.db new.db

say "a plan of six partitions"
migrationtools compare plan --source sqlite:old.db --target sqlite:new.db --partitions 6 --out plan.json

say "the array: sbatch --array=0-5%2 slurm.sbatch plan.json; task 3 is killed while it runs"
submit() { sbatch --parsable "$@" "$here/slurm.sbatch" "$work/plan.json"; }
state_of() { squeue -h -j "$1" -o %T 2>/dev/null; }
runs() { [[ $(state_of "$1") == RUNNING ]]; }
gone() { ! squeue -h -j "$1" -t PENDING,RUNNING,COMPLETING,CONFIGURING,SUSPENDED 2>/dev/null | grep -q .; }
job=$(submit --array=0-5%2)
echo "job $job"
wait_until "task 3 to run" 120 runs "${job}_3"
squeue
scancel --signal=KILL --full "${job}_3"
wait_until "the array to end" 300 gone "$job"
squeue -t all -o '%.12i %.12T %.10M' -j "$job"
ls plan.results

say "merge: partition 3 is missing"
code=0
migrationtools compare merge --plan plan.json || code=$?
echo "exit code $code"
(( code == 3 )) || die "the merge should have ended with 3"

say "partition 3 again: sbatch --array=3 slurm.sbatch plan.json"
job=$(submit --array=3)
wait_until "the task to end" 300 gone "$job"
ls plan.results

say "merge"
code=0
migrationtools compare merge --plan plan.json || code=$?
echo "exit code $code"
(( code == 0 )) || die "the merge should have ended with 0"

say "stopping"
