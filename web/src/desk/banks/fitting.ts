// A picture that is larger than a bank takes is made smaller here: a phone's photograph has ten times as much.
const MOST_BYTES = 300 * 1024;
const MOST_SIDE = 2000;
const SIDES = [1600, 1200, 900, 600];
const QUALITY = 0.85;

/** What is handed in: the file itself, or upright, smaller and as JPEG. What is no picture is left for the server to refuse. */
export async function fitting(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture || (file.size <= MOST_BYTES && Math.max(picture.width, picture.height) <= MOST_SIDE)) return file;
  for (const side of SIDES) {
    const made = await drawn(picture, side);
    if (made && made.size <= MOST_BYTES) return made;
  }
  return file;
}

/** At most so long, on white: JPEG has no transparency. */
function drawn(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const share = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  const context = canvas.getContext("2d")!;
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
