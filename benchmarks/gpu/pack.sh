#!/bin/bash
# Packs the check of the CUDA engine into one folder that runs on a machine with CUDA and without Java, Maven or network:
#   benchmarks/gpu/pack.sh [FOLDER]        after 'mvn -B -DskipTests package'; usually benchmarks/gpu/target/gpu
# In it are a Java runtime, the library, the engine with JavaCPP's presets, the contract of engines, and what this machine's processor gives, to compare with.
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${1:-$here/target/gpu}
plugins=${PLUGINS:-$root/host/product/target/products/org.spectralsignatures.headless/linux/gtk/x86_64/plugins}
most=$((60 * 1024 * 1024))

die() {
    echo "$*" >&2
    exit 1
}
one() { # the bundle of that name in the product, a folder or a jar
    ls -d "$plugins/$1"_* 2> /dev/null | head -n 1
}
for bundle in org.spectralsignatures org.spectralsignatures.engine.cpu org.spectralsignatures.engine.cuda org.spectralsignatures.engine.cuda.linux.x86_64 org.spectralsignatures.dl4j org.spectralsignatures.dl4j.linux.x86_64 org.spectralsignatures.parquet; do
    [ -n "$(one $bundle)" ] || die "There is no bundle $bundle in $plugins: build with 'mvn -B -DskipTests package' first."
done
junit=$(for name in junit-jupiter-api junit-platform-commons opentest4j apiguardian-api; do
    find "${M2:-$HOME/.m2/repository}" -name "$name-*.jar" ! -name '*sources*' | sort | tail -n 1
done)
[ "$(echo "$junit" | wc -l)" -ge 3 ] || die "JUnit is not in the local Maven repository: build with tests once."
rm -rf "$target"
mkdir -p "$target/lib" "$target/records" "$target/peers"
archive() { # bundle, name: classes and services of a bundle, whether it is a folder or a jar
    local bundle
    bundle=$(one "$1")
    if [ -d "$bundle" ]; then
        (cd "$bundle" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" cMf "$target/lib/$2.jar" $(ls -d org META-INF/services 2> /dev/null))
    else
        cp "$bundle" "$target/lib/$2.jar"
    fi
}
archive org.spectralsignatures library
archive org.spectralsignatures.engine.cuda cuda-engine
archive org.spectralsignatures.parquet parquet
cp "$(one org.spectralsignatures.engine.cuda)"/lib/*.jar "$(one org.spectralsignatures.engine.cuda.linux.x86_64)"/lib/*.jar "$target/lib"
for name in commons-math3 commons-csv commons-compress; do
    cp "$(one org.spectralsignatures.dl4j)/lib/$name.jar" "$target/lib"
done
echo "$junit" | xargs -I{} cp {} "$target/lib"

classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
contract=$root/plugin/org.spectralsignatures.engine.cpu/src/test/java/org/spectralsignatures/engine
emulated=$root/plugin/org.spectralsignatures.engine.cuda/src/test
tests=$emulated/java/org/spectralsignatures/engine/cuda
javac -nowarn -proc:none --release 17 -encoding UTF-8 -cp "$target/lib/*" -d "$classes" "$here"/src/org/spectralsignatures/benchmarks/gpu/*.java \
    "$contract/EngineContract.java" "$contract/ReferenceNetwork.java" "$tests"/{CudaEngines,EmulatedDevices}.java \
    "$tests"/device/{Emulator,EmulatedDevice,QueuedDevice}.java
(cd "$emulated/resources" && find . -name emulator.cpp -exec cp --parents {} "$classes" \;)
(cd "$classes" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" cMf "$target/lib/check.jar" .)

# the records, by the engine on this machine's processor
cpu=$(find -L "$(one org.spectralsignatures.dl4j)/lib" "$(one org.spectralsignatures.dl4j.linux.x86_64)/lib" -name '*.jar' | tr '\n' ':')$(one org.spectralsignatures.engine.cpu):$(one org.spectralsignatures.dl4j)
java -Xmx3g -Djava.awt.headless=true -cp "$cpu:$classes:$target/lib/library.jar:$target/lib/cuda-engine.jar:$target/lib/parquet.jar:$(echo "$junit" | tr '\n' ':')" -Dorg.spectralsignatures.engine=cpu \
    org.spectralsignatures.benchmarks.gpu.Check cpu record "$target/records"

jlink --add-modules java.base,java.logging,java.xml,java.management,jdk.unsupported --strip-debug --compress=2 \
    --no-header-files --no-man-pages --output "$target/java"
home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
mkdir -p "$target/java/include/linux"
cp "$home/include/jni.h" "$target/java/include" # for check.sh -emulated
cp "$home/include/linux/jni_md.h" "$target/java/include/linux"
cp "$here/check.sh" "$here/torch_speed.py" "$here/table.py" "$target"
cp "$here"/../peers/pytorch_resnet.py "$here"/../peers/pytorch_sizes.py "$target/peers"
chmod +x "$target/check.sh"
size=$(find "$target" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
echo "$target: $((size / 1024 / 1024)) MB in $(find "$target" -type f | wc -l) files"
[ "$size" -lt $most ] || die "That is more than 60 MB."
