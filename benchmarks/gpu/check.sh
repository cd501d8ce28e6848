#!/bin/sh
# Checks the CUDA engine on this machine: right first, then fast, beside PyTorch where there is one. Needs a driver, CUDA 13 and cuDNN 9 (those of PyTorch's Python
# environment will do), and neither Java nor a network. Each part is a process of its own with a time of its own, so that one that fails, crashes or hangs costs no other.
# Takes less than four minutes, and says so if that was not enough. Status: 0 all is well, 1 something is not, 2 the engine cannot run here.
# usage: check.sh [-quick] [-emulated] [-seconds N]
#   -quick       leaves the speed away
#   -emulated    tries all of this on a device that g++ makes of the processor, in tiny sizes: says something of the check, and nothing of a card
#   -seconds N   the most that all of it may take; usually 235, three times as much for what is emulated
here=$(cd "$(dirname "$0")" && pwd) || exit 1
usage() {
    sed -n 's/^# \(usage: .*\)/\1/p; s/^#   \(-.*\)/  \1/p' "$0" >&2
    exit 1
}
engine=cuda
records=$here/records
quick=
most=
times=1
while [ $# -gt 0 ]; do
    case $1 in
        -quick) quick=yes ;;
        -emulated) engine=emulated records=$here/records/tiny times=3 ;;
        -seconds) [ $# -gt 1 ] && most=$2 && shift || usage ;;
        *) usage ;;
    esac
    shift
done
[ -n "$most" ] || most=$((235 * times))
case $most in 0* | *[!0-9]*) usage ;; esac
start=$(date +%s)
no_card() {
    [ $engine != emulated ] || echo "This is no GPU: a device that g++ makes of the processor, in tiny sizes; nothing here says how a card computes, or how fast."
}
no_card

# where something can be written: 2 GB for the speed, little for the rest
for folder in "$TMPDIR" /tmp "$here" "$HOME" /dev/shm .; do
    [ -z "$folder" ] || scratch=$(mktemp -d "$folder/gpucheck-XXXXXXXX" 2> /dev/null)
    [ -z "$scratch" ] || break
done
[ -n "$scratch" ] || { echo "FAILED nothing can be written in TMPDIR, /tmp, $here, HOME, /dev/shm or this folder: name one that can by TMPDIR"; exit 1; }
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT # what was copied may not be ours to change
trap 'exit 1' HUP INT TERM
cp "$records"/*.* "$scratch" || { echo "FAILED the records cannot be copied from $records to $scratch"; no_card; exit 1; }

# who copies a folder may lose what says that a file is a program; and where it lies programs may be forbidden
java=$here/java
if ! "$java/bin/java" -version > "$scratch/log" 2>&1; then
    chmod u+x "$java"/bin/* "$java"/lib/jspawnhelper 2> /dev/null
    if ! "$java/bin/java" -version > "$scratch/log" 2>&1; then
        cp -r "$java" "$scratch/java" && chmod u+x "$scratch"/java/bin/* "$scratch"/java/lib/jspawnhelper
        java=$scratch/java
        "$java/bin/java" -version > "$scratch/log" 2>&1 || { echo "FAILED Java does not start:"; tail -n 3 "$scratch/log"; no_card; exit 1; }
    fi
fi

# a Python with PyTorch, else any
python=
for candidate in "$VIRTUAL_ENV/bin/python" "$CONDA_PREFIX/bin/python" python3 python /usr/bin/python3 /usr/local/bin/python3 /opt/*/bin/python3; do
    command -v "$candidate" > /dev/null 2>&1 || continue
    [ -n "$python" ] || python=$candidate
    if "$candidate" -c 'import importlib.util as u, sys; sys.exit(0 if u.find_spec("torch") else 1)' 2> /dev/null; then
        python=$candidate
        break
    fi
done
# the wheels of a Python environment lie in folders that no loader knows
if [ -z "$SPECTRALSIGNATURES_CUDA_PATH" ] && [ -n "$python" ]; then
    wheels=$("$python" -c 'import importlib.util as u; s = u.find_spec("nvidia"); print(":".join(s.submodule_search_locations) if s else "")' 2> /dev/null)
    [ -z "$wheels" ] || export SPECTRALSIGNATURES_CUDA_PATH="$wheels"
fi

status=0
until=$most # seconds from the start until which what comes now must be over
left() { # most seconds
    left=$((start + until - $(date +%s)))
    [ $left -lt $(($1 * times)) ] || left=$(($1 * times))
    [ $left -gt 0 ] || left=0
}
limited() { # most seconds, command: 124 if that was not enough
    left "$1"
    shift
    [ $left -gt 0 ] || return 124
    if command -v timeout > /dev/null; then
        timeout -k 3 $left "$@"
    else
        "$@"
    fi
}
program() { # most seconds, precision, part
    limited "$1" "$java/bin/java" -Xmx4g -XX:MaxDirectMemorySize=16g -XX:ErrorFile="$scratch/crash.log" -Djava.awt.headless=true -Djava.io.tmpdir="$scratch" \
        -Duser.home="$scratch" -Dorg.spectralsignatures.engine=cuda -Dorg.spectralsignatures.engine.cuda.precision="$2" -Dorg.spectralsignatures.engine.cuda.cache="$scratch/kernels" \
        -cp "$here/lib/*" org.spectralsignatures.benchmarks.gpu.Check $engine "$3" "$scratch" 2> "$scratch/log"
}
why() { # status, name: what to say of a process that did not say it itself
    case $1 in
        124 | 137) [ $left -gt 0 ] && echo "FAILED $2: took longer than $left s" || echo "FAILED $2: no time was left for it" ;;
        *) echo "FAILED $2: ended with status $1"; grep -v '^\s*at ' "$scratch/log" | tail -n 4 | cut -c 1-300 ;;
    esac
}
part() { # most seconds, name
    program "$1" float32 "$2" > "$scratch/out"
    ended=$?
    cut -c 1-600 "$scratch/out" | head -n 12
    [ $ended -eq 0 ] || status=1
    [ $ended -eq 0 ] || grep -q '^FAILED' "$scratch/out" || why $ended "$2"
}
speed() { # most seconds, precision, part, name, file
    program "$1" "$2" "$3" > "$scratch/$5"
    ended=$?
    grep '^NOTE' "$scratch/log" | cut -c 1-300
    [ $ended -eq 0 ] || { status=1; why $ended "$4"; }
}

program 40 float32 what > "$scratch/out"
ended=$?
head -n 3 "$scratch/out" | cut -c 1-600
[ $ended -ne 2 ] || { no_card; exit 2; }
[ $ended -eq 0 ] || { why $ended "what there is"; status=1; } # the parts may say more
[ -n "$quick" ] || until=$((most * 49 / 100))
part 30 "known network"
part 20 activations
part 30 accuracy
part 20 scores
part 20 "same bits"
part 25 memory
part 40 contract # longest
[ $status -eq 0 ] && echo "All is well." || echo "Not all is well."
if [ -z "$quick" ]; then
    until=$((most * 73 / 100))
    speed 60 float32 speed "speed in float32" float32.csv
    until=$((most * 84 / 100))
    speed 30 tf32 training "speed in TF32" tf32.csv
    until=$most
    if [ $engine = emulated ]; then
        echo "NOTE   PyTorch is left away without a card"
    elif [ -z "$python" ] || ! "$python" -c 'import importlib.util as u, sys; sys.exit(0 if u.find_spec("torch") else 1)' 2> /dev/null; then
        echo "NOTE   there is no PyTorch to compare with (looked for: ${python:-no Python} and its packages)"
    else
        TORCHINDUCTOR_CACHE_DIR="$scratch/inductor" TRITON_CACHE_DIR="$scratch/triton" limited 75 "$python" "$here/torch_speed.py" > "$scratch/torch.csv" 2> "$scratch/log"
        ended=$?
        grep '^NOTE' "$scratch/log" | cut -c 1-300
        case $ended in
            0) ;;
            124 | 137) echo "NOTE   PyTorch's speed is not complete after $left s" ;;
            *) echo "NOTE   PyTorch's speed was not measured: $(grep -v '^NOTE' "$scratch/log" | tail -n 1 | cut -c 1-300)" ;;
        esac
        head -n 1 "$scratch/torch.csv" | sed -n 's/^torch,\([^,]*\),\([^,]*\),$/PyTorch \1 on \2/p'
    fi
    { [ -n "$python" ] && "$python" "$here/table.py" "$scratch/float32.csv" "$scratch/tf32.csv" "$scratch/torch.csv" 2> /dev/null; } || cat "$scratch/float32.csv" "$scratch/tf32.csv"
fi
no_card
exit $status
