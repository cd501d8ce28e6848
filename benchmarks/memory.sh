#!/bin/sh
# Runs the CIFAR-10 workflow on the images below a folder (train/ and test/ with a folder a class) and prints the memory that
# it held every half minute and its peak, in MB: resident, and of that not backed by files. Build the host first (./run does).
# benchmarks/memory.sh PATH [further options of ./run]
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
path=$1
shift
"$root/run" "$root/test-workflows/CIFAR-10" "-workflow.variable=path,$path,String" "$@" &
runner=$!
pid=
while [ -z "$pid" ] && kill -0 $runner 2>/dev/null; do
    sleep 1
    pid=$(pgrep -P $runner java || true)
done
file=$(mktemp)
trap 'rm -f "$file"' EXIT
seconds=0
peak=0
while kill -0 "$pid" 2>/dev/null; do
    grep -E 'VmHWM|VmRSS|RssAnon' "/proc/$pid/status" > "$file" 2>/dev/null || break
    if [ $((seconds % 30)) -eq 0 ]; then
        awk -v t=$seconds '{v[$1] = int($2 / 1024)} END {print t " s: resident " v["VmRSS:"] ", not of files " v["RssAnon:"]}' "$file"
    fi
    peak=$(awk '/VmHWM/ {print int($2 / 1024)}' "$file")
    sleep 1
    seconds=$((seconds + 1))
done
wait $runner
echo "peak resident memory: $peak MB after $seconds s"
