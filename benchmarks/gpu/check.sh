#!/bin/sh
# Checks the CUDA engine on this machine: right first, then fast, beside PyTorch where there is one. Needs a driver, CUDA 13 and cuDNN 9 (those of PyTorch's Python
# environment will do), and neither Java nor a network. Takes less than four minutes. Status: 0 all is well, 1 something is not, 2 the engine cannot run here.
# usage: check.sh [-quick]     -quick leaves the speed away
here=$(cd "$(dirname "$0")" && pwd) || exit 1
python=$(command -v python3 || command -v python)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/gpucheck-XXXXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
cp "$here"/records/* "$scratch" || exit 1

# the wheels of a Python environment lie in folders that no loader knows
if [ -z "$SPECTRALSIGNATURES_CUDA_PATH" ] && [ -n "$python" ]; then
    wheels=$("$python" -c 'import importlib.util as u; s = u.find_spec("nvidia"); print(":".join(s.submodule_search_locations) if s else "")' 2>/dev/null)
    [ -z "$wheels" ] || export SPECTRALSIGNATURES_CUDA_PATH="$wheels"
fi
program() { # most seconds, precision, what to do
    timeout "$1" "$here"/java/bin/java -Xmx8g -XX:MaxDirectMemorySize=16g -Djava.awt.headless=true -Djava.io.tmpdir="$scratch" -Duser.home="$scratch" \
        -Dorg.spectralsignatures.engine="${engine:-cuda}" -Dorg.spectralsignatures.engine.cuda.precision="$2" \
        -cp "$here/lib/*" org.spectralsignatures.benchmarks.gpu.Check "$3" "$scratch"
}
program 85 float32 check
status=$?
[ $status -ne 124 ] || { echo "FAILED the check took longer than 85 s"; status=1; }
[ "$1" != -quick ] && [ $status -ne 2 ] || exit $status
program 55 float32 speed > "$scratch/float32.csv" || { echo "FAILED the speed in float32 is not complete"; status=1; }
program 30 tf32 training > "$scratch/tf32.csv" || { echo "FAILED the speed in TF32 is not complete"; status=1; }
if [ -n "$python" ] && "$python" -c 'import torch' 2> /dev/null; then
    timeout 65 "$python" "$here/torch_speed.py" > "$scratch/torch.csv" || echo "NOTE   PyTorch's speed is not complete"
    head -n 1 "$scratch/torch.csv" | sed 's/^torch,\([^,]*\),\([^,]*\),$/PyTorch \1 on \2/'
fi
if [ -n "$python" ]; then
    "$python" "$here/table.py" "$scratch/float32.csv" "$scratch/tf32.csv" "$scratch/torch.csv"
else
    cat "$scratch/float32.csv" "$scratch/tf32.csv"
fi
exit $status
