#!/usr/bin/python3
"""Makes the images of this folder and, beside each, its pixels as Pillow reads them (PillowTest.java).

Made once with Pillow 9.4.0 and NumPy 1.24.2 of Debian 12, ImageMagick 6.9 (convert) and libjpeg-turbo 2.1 (cjpeg):
    python3 record.py
IMAGE.rgb holds width and height as two bytes, then red, green and blue plane by plane:
ImageOps.exif_transpose(Image.open(IMAGE)).convert("RGB"), and of 16-bit gray the upper byte, as Pillow clips its values at 255.
"""
import glob
import os
import struct
import subprocess
import warnings

import numpy as np
from PIL import Image, ImageCms, ImageOps

warnings.simplefilter("ignore")
rng = np.random.RandomState(14)
HEIGHT, WIDTH = 11, 13


def pixels(channels):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = np.stack([127 + 100 * np.sin(x / 3 + k) * np.cos(y / 4 - k) for k in range(channels)], -1)
    return np.clip(waves + rng.randint(-20, 21, waves.shape), 0, 255).astype(np.uint8)


def run(*command):
    subprocess.run(command, check=True)


def segments(jpeg):
    at = 2
    while True:
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if marker == 0xDA:
            return at
        yield marker, at, at + 2 + length
        at += 2 + length


def rewrite(source, target, without, adobe=None):
    """Copies a JPEG without some markers, and with an Adobe marker of that transform."""
    jpeg = open(source, "rb").read()
    parts, end = [jpeg[:2]], 2
    if adobe is not None:
        parts.append(b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([adobe]))
    for marker, start, end in segments(jpeg):
        if marker not in without:
            parts.append(jpeg[start:end])
    open(target, "wb").write(b"".join(parts) + jpeg[end:])


for old in glob.glob("*.png") + glob.glob("*.jpg") + glob.glob("*.gif") + glob.glob("*.bmp") + glob.glob("*.rgb"):
    os.remove(old)
rgb, rgba = Image.fromarray(pixels(3)), Image.fromarray(pixels(4), "RGBA")
gray, gray_alpha, cmyk = Image.fromarray(pixels(1)[..., 0]), Image.fromarray(pixels(2), "LA"), Image.fromarray(pixels(4), "CMYK")
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

# PNG: every colour type and depth, plain and interlaced
rgba.save("source.png")
for kind, number, depths in (("gray", 0, (1, 2, 4, 8, 16)), ("rgb", 2, (8, 16)), ("palette", 3, (1, 2, 4, 8)), ("gray-alpha", 4, (8, 16)), ("rgba", 6, (8, 16))):
    for depth in depths:
        for interlace, suffix in (("none", ""), ("PNG", "-interlaced")):
            command = ["convert", "source.png"]
            command += ["-alpha", "off"] if number in (0, 2, 3) else []
            command += ["-colorspace", "gray"] if number in (0, 4) else []
            command += ["-colors", str(2 ** depth), "-type", "Palette"] if number == 3 else []
            run(*command, "-interlace", interlace, "-depth", str(depth), "-define", f"png:color-type={number}", "-define", f"png:bit-depth={depth}", "-strip",
                f"{kind}{depth}{suffix}.png")
os.remove("source.png")
gray.save("gray-transparent.png", transparency=64)
rgb.save("rgb-transparent.png", transparency=(1, 2, 3))
rgb.quantize(50).save("palette-transparent.png", transparency=bytes([0, 100, 255, 3]))
rgb.save("profile.png", icc_profile=srgb)
rgb.save("profile-lab.png", icc_profile=lab)
gray.save("gray-profile.png", icc_profile=srgb)
run("convert", "rgb8.png", "-set", "gamma", "1.0", "gamma-chromaticities.png")

# JPEG
for name, subsampling in (("444", 0), ("422", 1), ("420", 2)):
    rgb.save(f"{name}.jpg", quality=90, subsampling=subsampling)
    rgb.save(f"{name}-progressive.jpg", quality=90, subsampling=subsampling, progressive=True)
gray.save("gray.jpg", quality=90)
gray.save("gray-progressive.jpg", quality=90, progressive=True)
gray.save("gray-profile.jpg", quality=90, icc_profile=srgb)
rgb.save("profile.jpg", quality=90, icc_profile=srgb)
rgb.save("profile-lab.jpg", quality=90, icc_profile=lab)
rgb.save("source.ppm")
run("cjpeg", "-rgb", "-quality", "90", "-outfile", "rgb-adobe0.jpg", "source.ppm")
run("cjpeg", "-restart", "1", "-quality", "90", "-outfile", "restarts.jpg", "source.ppm")
run("cjpeg", "-sample", "1x2", "-quality", "90", "-outfile", "440.jpg", "source.ppm")
os.remove("source.ppm")
rewrite("rgb-adobe0.jpg", "rgb-by-component-names.jpg", (0xE0, 0xEE))
rewrite("444.jpg", "ycc-no-marker.jpg", (0xE0,))
rewrite("444.jpg", "ycc-adobe1.jpg", (0xE0,), 1)
rewrite("444.jpg", "jfif-and-adobe0.jpg", (), 0)
cmyk.save("cmyk-adobe.jpg", quality=90)
cmyk.save("cmyk-progressive.jpg", quality=90, progressive=True)
rewrite("cmyk-adobe.jpg", "cmyk-no-marker.jpg", (0xEE,))
rewrite("cmyk-adobe.jpg", "cmyk-adobe0.jpg", (0xEE,), 0)
rewrite("cmyk-adobe.jpg", "ycck-adobe2.jpg", (0xEE,), 2)

# GIF and BMP
rgb.quantize(100).save("palette.gif", interlace=0)
rgb.quantize(100).save("palette-interlaced.gif", interlace=1)
rgb.quantize(100).save("transparent.gif", transparency=5)
rgb.save("several.gif", save_all=True, append_images=[rgb.rotate(180)])
run("convert", "palette.gif", "-repage", "20x18+3+4", "on-a-screen.gif")
run("convert", "transparent.gif", "-repage", "20x18+3+4", "on-a-transparent-screen.gif")
rgb.save("24.bmp")
rgba.save("32.bmp")
gray.save("gray.bmp")
gray.convert("1").save("1.bmp")
rgb.quantize(16).save("palette8.bmp")
run("convert", "palette8.bmp", "-compress", "RLE", "runs8.bmp")
for subtype in ("RGB555", "RGB565"):
    run("convert", "rgb8.png", "-define", f"bmp:subtype={subtype}", f"{subtype}.bmp")
run("convert", "rgb8.png", "BMP2:os2.bmp")
inverted = gray.convert("P")
inverted.putpalette(sum([[255 - i] * 3 for i in range(256)], []))
inverted.save("gray-inverted.bmp")

# orientation
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    rgb.save(f"orientation{orientation}.jpg", quality=95, exif=exif)
    rgb.save(f"orientation{orientation}.png", exif=exif)

for name in sorted(glob.glob("*.png") + glob.glob("*.jpg") + glob.glob("*.gif") + glob.glob("*.bmp")):
    image = Image.open(name)
    image.load()
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.int64) >> 8).astype(np.uint8))
    planes = np.asarray(ImageOps.exif_transpose(image).convert("RGB")).transpose(2, 0, 1)
    open(name + ".rgb", "wb").write(bytes([planes.shape[2], planes.shape[1]]) + np.ascontiguousarray(planes).tobytes())
