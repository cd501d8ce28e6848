#!/bin/sh
# Renders the icons: NAME.svg becomes NAME.png (16 x 16 pixels) and NAME@2x.png (32 x 32) beside the factory that names it.
# Only for someone who changes an icon: the PNG files are in the repository. Needs rsvg-convert (Debian: librsvg2-bin).
set -e
cd "$(dirname "$0")"
nodes=../src/main/java/org/spectralsignatures/nodes
for source in *.svg; do
    name=${source%.svg}
    target=$nodes/$name
    [ "$name" = category ] && target=../icons
    rsvg-convert -w 16 -h 16 "$source" -o "$target/$name.png"
    rsvg-convert -w 32 -h 32 "$source" -o "$target/$name@2x.png"
done
