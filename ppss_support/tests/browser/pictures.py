"""Pictures small enough to be kept with the sources."""

from io import BytesIO
from pathlib import Path

LARGEST = 150_000
COLOURS = (256, 128, 64, 32)


def save_picture(png: bytes, path: Path):
	"""Save a screenshot with as many colours as the size allows."""
	from PIL import Image

	path.parent.mkdir(parents=True, exist_ok=True)
	image = Image.open(BytesIO(png)).convert("RGB")
	for colours in COLOURS:
		image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
		if path.stat().st_size < LARGEST:
			return
