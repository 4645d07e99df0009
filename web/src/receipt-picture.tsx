// The receipt as a QR code and as a picture to keep.
import { encode } from "uqr";

const QUIET = 2;
const WIDTH = 800;
const MARGIN = 48;
const LINE = 44;

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "L", border: QUIET });
  const dark = data.flatMap((row, y) => row.map((set, x) => (set ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={dark} fill="#000" />
    </svg>
  );
}

/** Saves the receipt as a PNG: title, lines, QR code of the address. */
export async function download(address: string, title: string, lines: string[], name: string): Promise<void> {
  const blob = await drawn(address, title, lines);
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function drawn(address: string, title: string, lines: string[]): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  const side = WIDTH - 2 * MARGIN;
  const top = MARGIN + 60 + lines.length * LINE + 20;
  [canvas.width, canvas.height] = [WIDTH, top + side + MARGIN];
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#111";
  pen.font = "bold 36px system-ui, sans-serif";
  pen.fillText(title, MARGIN, MARGIN + 36, side);
  pen.font = "26px system-ui, sans-serif";
  lines.forEach((line, place) => pen.fillText(line, MARGIN, MARGIN + 60 + (place + 1) * LINE, side));
  squares(pen, address, MARGIN, top, side);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function squares(pen: CanvasRenderingContext2D, text: string, left: number, top: number, side: number) {
  const { data, size } = encode(text, { ecc: "L", border: QUIET });
  const step = side / size;
  data.forEach((row, y) =>
    row.forEach((set, x) => set && pen.fillRect(left + x * step, top + y * step, Math.ceil(step), Math.ceil(step))),
  );
}
