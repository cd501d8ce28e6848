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
import zlib

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


def recorded():
    return sorted(name for kind in ("png", "jpg", "gif", "bmp", "tif", "webp", "pbm", "pgm", "ppm") for name in glob.glob("*." + kind))


for old in recorded() + glob.glob("*.rgb"):
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

def tiff(name, planes, bits, photometric, order="<", rows=0, tile=0, compression=1, packed=bytes, extra=()):
    """Writes a TIFF of strips of so many rows, or of square tiles. Planes: [height, width, samples] each."""
    height, width = planes[0].shape[:2]
    samples = sum(p.shape[2] for p in planes)
    parts, step = [], tile or rows or height
    for plane in planes:
        depth = plane.shape[2]
        for top in range(0, height, step):
            for left in range(0, width, tile or width):
                part = plane[top:top + step, left:left + (tile or width)]
                if tile:
                    part = np.pad(part, ((0, tile - part.shape[0]), (0, tile - part.shape[1]), (0, 0)), mode="edge")
                if bits < 8:
                    values = part.reshape(part.shape[0], -1)[..., None] >> np.arange(bits - 1, -1, -1) & 1
                    data = np.packbits(values.reshape(part.shape[0], -1).astype(np.uint8), axis=1)
                else:
                    data = part.astype(order + ("u1" if bits == 8 else "u2"))
                parts.append(packed(data.tobytes()))
    short, long = 3, 4
    tags = {256: (short, [width]), 257: (short, [height]), 258: (short, [bits] * samples), 259: (short, [compression]), 262: (short, [photometric]),
            277: (short, [samples]), 284: (short, [2 if len(planes) > 1 else 1])}
    tags.update({322: (short, [tile]), 323: (short, [tile])} if tile else {278: (short, [step])})
    tags.update(extra)
    lengths = [len(p) for p in parts]
    at = 8
    tags[324 if tile else 273] = (long, [at + sum(lengths[:i]) for i in range(len(parts))])
    tags[325 if tile else 279] = (long, lengths)
    directory = at + sum(lengths) + sum(lengths) % 2
    far, entries = directory + 2 + 12 * len(tags) + 4, b""
    values = b""
    for tag in sorted(tags):
        kind, numbers = tags[tag]
        data = struct.pack(order + str(len(numbers)) + ("H" if kind == short else "I"), *numbers)
        entries += struct.pack(order + "HHI", tag, kind, len(numbers))
        entries += data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", far + len(values))
        values += data if len(data) > 4 else b""
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, directory)
    body = b"".join(parts)
    open(name, "wb").write(head + body + b"\0" * (len(body) % 2) + struct.pack(order + "H", len(tags)) + entries + b"\0" * 4 + values)


def lzw(data):
    """Codes of TIFF, highest bit first, cleared before they run out."""
    bits, table, word = f"{256:09b}", {bytes([i]): i for i in range(256)}, b""
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
            continue
        bits += f"{table[word]:0{max(9, (len(table) + 2).bit_length())}b}"
        table[longer], word = len(table) + 2, bytes([byte])
        if len(table) > 3900:
            bits += f"{256:0{(len(table) + 2).bit_length()}b}"
            table = {bytes([i]): i for i in range(256)}
    width = max(9, (len(table) + 2).bit_length())
    bits += f"{table[word]:0{width}b}"
    bits += f"{257:0{max(9, (len(table) + 3).bit_length())}b}"
    return int(bits.ljust((len(bits) + 7) // 8 * 8, "0"), 2).to_bytes((len(bits) + 7) // 8, "big")


def differences(planes):
    return [np.concatenate([p[:, :1], p[:, 1:] - p[:, :-1]], 1) for p in planes]


# TIFF
colours, alphas, inks = np.asarray(rgb), np.asarray(rgba), np.asarray(cmyk)
grays = np.asarray(gray)[..., None]
fine = colours.astype(np.uint16) * 256 + rng.randint(0, 256, colours.shape).astype(np.uint16)
fine_alphas = np.concatenate([fine, fine[..., :1] // 2 + 9], -1)
for name, compression in (("raw", None), ("lzw", "tiff_lzw"), ("deflate", "tiff_adobe_deflate"), ("old-deflate", "tiff_deflate"), ("packbits", "packbits"), ("jpeg", "jpeg")):
    rgb.save(f"rgb-{name}.tif", compression=compression)
    gray.save(f"gray-{name}.tif", compression=compression)
    cmyk.save(f"cmyk-{name}.tif", compression=compression)
rgb.save("rgb-differences.tif", compression="tiff_lzw", tiffinfo={317: 2})
rgb.save("rgb-deflate-differences.tif", compression="tiff_adobe_deflate", tiffinfo={317: 2})
rgb.save("profile.tif", icc_profile=lab)
rgb.save("pages.tif", save_all=True, append_images=[rgb.crop((0, 0, 2, 2))])
rgba.save("rgba.tif")
gray_alpha.save("gray-alpha.tif")
gray.convert("1").save("1.tif")
rgb.quantize(50).save("palette.tif")
rgb.quantize(50).save("palette-lzw.tif", compression="tiff_lzw")
for orientation in (3, 6, 7, 8):
    rgb.save(f"orientation{orientation}.tif", tiffinfo={274: orientation})
tiff("rgb-big-endian.tif", [colours], 8, 2, order=">")
tiff("rgb-strips.tif", [colours], 8, 2, rows=3)
tiff("rgb-tiles.tif", [colours], 8, 2, tile=16)
tiff("gray-tiles.tif", [np.tile(grays, (3, 3, 1))], 8, 1, tile=16, compression=8, packed=zlib.compress)
tiff("rgb-planes.tif", [colours[..., i:i + 1] for i in range(3)], 8, 2, rows=4)
tiff("rgb-planes-lzw.tif", differences([colours[..., i:i + 1] for i in range(3)]), 8, 2, rows=4, compression=5, packed=lzw, extra={317: (3, [2])})
tiff("rgb-long-lzw.tif", [np.tile(colours, (6, 6, 1))], 8, 2, compression=5, packed=lzw)
tiff("rgb16.tif", [fine], 16, 2)
tiff("rgb16-big-endian.tif", [fine], 16, 2, order=">")
tiff("rgb16-differences.tif", differences([fine]), 16, 2, compression=8, packed=zlib.compress, extra={317: (3, [2])})
tiff("rgba16.tif", [fine_alphas], 16, 2, extra={338: (3, [2])})
tiff("gray16.tif", [fine[..., :1]], 16, 1)
tiff("gray16-big-endian.tif", [fine[..., :1]], 16, 1, order=">")
tiff("rgba-multiplied.tif", [np.concatenate([colours * (alphas[..., 3:] / 255.0), alphas[..., 3:]], -1).astype(np.uint8)], 8, 2, extra={338: (3, [1])})
tiff("gray4.tif", [grays >> 4], 4, 1)
tiff("gray2.tif", [grays >> 6], 2, 1)
tiff("white-is-zero.tif", [grays], 8, 0)
tiff("white-is-zero1.tif", [grays >> 7], 1, 0)
tiff("turned-bits.tif", [grays >> 7], 1, 1, extra={266: (3, [2])}, packed=lambda data: bytes(int(f"{b:08b}"[::-1], 2) for b in data))
tiff("palette4.tif", [grays >> 4], 4, 3, extra={320: (3, [int(v) * 257 for v in rng.randint(0, 256, 48)])})

# WebP
height, width = 41, 53
y, x = np.mgrid[0:height, 0:width]
scene = np.stack([127 + 90 * np.sin(x / (7 + k)) * np.cos(y / (5 - k)) + 30 * (x > 20 + 5 * k) * (y % 9 < 4) for k in range(3)], -1)
scene = Image.fromarray(np.clip(scene + rng.randint(-15, 16, scene.shape), 0, 255).astype(np.uint8))
for quality in (0, 30, 75, 100):
    scene.save(f"lossy{quality}.webp", quality=quality)
rgb.save("lossy-small.webp", quality=80)
scene.save("lossless.webp", lossless=True)
scene.save("lossless-slow.webp", lossless=True, method=6, quality=100)
for count in (2, 4, 13, 60):
    scene.quantize(count).convert("RGB").save(f"lossless{count}.webp", lossless=True)
rgba.save("lossy-alpha.webp", quality=80)
rgba.save("lossless-alpha.webp", lossless=True, exact=True)
rgb.save("profile.webp", icc_profile=lab)
moving = np.zeros((30, 40, 4), np.uint8)
moving[5:16, 12:25] = alphas | np.uint8(1)
rgba.resize((40, 30)).save("animation.webp", save_all=True, append_images=[rgba.resize((40, 30)).rotate(180)])
Image.fromarray(moving).save("animation-on-a-canvas.webp", save_all=True, append_images=[Image.fromarray(moving[::-1])], lossless=True)
for orientation in (6, 7):
    exif = Image.Exif()
    exif[0x0112] = orientation
    rgb.save(f"orientation{orientation}.webp", lossless=True, exif=exif)

# PBM, PGM, PPM
rgb.save("raw.ppm")
gray.save("raw.pgm")
gray.convert("1").save("raw.pbm")


def pnm(name, header, values, plain):
    header = f"{header}\n".encode()
    open(name, "wb").write(header + (" ".join(map(str, values.ravel())).encode() + b"\n" if plain else values.tobytes()))


size = f"{WIDTH} {HEIGHT}"
pnm("plain.ppm", f"P3 # a comment\n{size}\n#another\n255", colours, True)
pnm("plain.pgm", f"P2\n{size} 255", grays, True)
pnm("plain.pbm", f"P1\n{size}", grays[..., 0] >> 7, True)
pnm("plain16.ppm", f"P3 {size} 65535", fine, True)
pnm("raw16.ppm", f"P6 {size} 65535", fine.astype(">u2"), False)
pnm("raw16.pgm", f"P5 {size} 65535", fine[..., 0].astype(">u2"), False)
pnm("raw100.ppm", f"P6 {size} 100", (colours // 3).astype(np.uint8), False)
pnm("raw1000.ppm", f"P6 {size} 1000", (fine // 66).astype(">u2"), False)

for name in recorded():
    image = Image.open(name)
    image = image if name.endswith(".tif") else ImageOps.exif_transpose(image)  # loading a TIFF turns it already
    image.load()
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.int64) >> 8).astype(np.uint8))
    planes = np.asarray(image.convert("RGB")).transpose(2, 0, 1)
    open(name + ".rgb", "wb").write(bytes([planes.shape[2], planes.shape[1]]) + np.ascontiguousarray(planes).tobytes())
