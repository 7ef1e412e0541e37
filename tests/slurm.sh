# shellcheck shell=sh
# slurm.sh: a cluster of two nodes on the loopback of this machine, for tests.
#
#	slurm_or_finish WHAT		in the test's directory; where there is no Slurm, or it
#					does not come up, the test ends
#	slurm_start DIRECTORY		SLURM_CONF is set; 1 when it does not come up
#	slurm_kill NODE			as a power cut: the daemon and all its jobs
#	slurm_night NODE COMMAND...	NODE dies in the middle of it
#	slurm_again NODE
#	slurm_stop
#
# Authentication, state and spools are the cluster's own, below DIRECTORY.

slurm_or_finish() {
	# lib.sh made it.
	# shellcheck disable=SC2154
	home=$scratch
	if [ -z "${TC_CLUSTER:-}" ] || ! command -v slurmctld munged >/dev/null; then
		skip "$1" "needs Slurm (scripts/setup cluster) and TC_CLUSTER=1"
		finish
		exit 0
	fi
	trap 'slurm_stop; cd /; rm -rf "$home" "$home.said"' EXIT
	chmod 755 "$home"
	slurm_start "$home/cluster" && return
	tail -n 5 "$home"/cluster/*.log | sed 's/^/# /'
	check "the cluster comes up" false
	finish
	exit 1
}

slurm_start() {
	slurm_home=$1
	mkdir -p "$slurm_home/state" "$slurm_home/n1" "$slurm_home/n2"
	chmod 755 "$slurm_home"
	export SLURM_CONF="$slurm_home/slurm.conf"
	head -c 1024 /dev/urandom >"$slurm_home/key"
	chmod 600 "$slurm_home/key"
	munged --force --key-file="$slurm_home/key" --socket="$slurm_home/munge" \
		--pid-file="$slurm_home/munged.pid" --log-file="$slurm_home/munged.log" \
		--seed-file="$slurm_home/seed" || return 1
	port=$((20000 + $$ % 20000))
	cat >"$SLURM_CONF" <<END
ClusterName=tc
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$slurm_home/munge
CredType=cred/munge
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmdTimeout=6
SlurmdParameters=config_overrides
KillWait=1
StateSaveLocation=$slurm_home/state
SlurmdSpoolDir=$slurm_home/%n
SlurmctldPidFile=$slurm_home/ctld.pid
SlurmdPidFile=$slurm_home/%n.pid
SlurmctldLogFile=$slurm_home/ctld.log
SlurmdLogFile=$slurm_home/%n.log
NodeName=n1 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
	slurmctld -f "$SLURM_CONF"
	slurm_node n1
	slurm_node n2
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		sleep 1
		[ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ] && return 0
	done
	return 1
}

slurm_node() {
	slurmd -f "$SLURM_CONF" -N "$1"
}

# The daemon, then what holds its jobs, which would tell of their end, then the jobs.
slurm_kill() {
	jobs=$(grep -lz "^SLURMD_NODENAME=$1\$" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3)
	kill -9 "$(cat "$slurm_home/$1.pid")"
	for job in $jobs; do
		holder=$(ps -o ppid= -p "$job" | tr -d ' ')
		grep -q '^slurmstepd' "/proc/${holder:-0}/cmdline" 2>/dev/null && kill -9 "$holder"
	done
	for job in $jobs; do
		kill -9 "$job" 2>/dev/null
	done
	test -n "$jobs"
}

# slurm_night NODE COMMAND...: a night on the cluster, whose NODE dies while it works on a
# school; "killed" is there when it did.  The command's status.
slurm_night() {
	node=$1
	shift
	rm -f killed
	"$@" &
	night=$!
	for _ in $(seq 100); do
		sleep 0.2
		[ -n "$(squeue -h -t running -w "$node" 2>/dev/null)" ] && break
	done
	sleep 0.5
	slurm_kill "$node" && : >killed
	# Slurm lets two minutes pass before it starts a job again: not here.
	while kill -0 $night 2>/dev/null; do
		sleep 1
		for job in $(squeue -h -r -t pending -o '%A %R' 2>/dev/null | sed -n 's/ (BeginTime)//p'); do
			scontrol update "JobId=$job" StartTime=now 2>/dev/null
		done
	done
	wait $night
}

# slurm_again NODE: the node that died comes back.
slurm_again() {
	slurm_node "$1"
	for _ in $(seq 20); do
		sleep 1
		[ "$(sinfo -h -t idle -n "$1" -o %D 2>/dev/null)" = 1 ] && return 0
	done
	return 1
}

slurm_stop() {
	for daemon in ctld n1 n2 munged; do
		[ -f "$slurm_home/$daemon.pid" ] && kill -9 "$(cat "$slurm_home/$daemon.pid")" 2>/dev/null
	done
	return 0
}
