// Where the fields of a treemap lie: squarified (Bruls, Huizing, van Wijk 2000), as near to squares as can be.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A box for each of the sizes, which fall and are above 0; together they fill `room`. */
export function treemap(sizes: readonly number[], room: Box): Box[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const unit = (room.width * room.height) / all;
  return laid(
    sizes.map((size) => size * unit),
    room,
  );
}

/** Row after row along the shorter side; a row takes the next area as long as its worst box becomes no worse. */
function laid(areas: number[], room: Box): Box[] {
  const found: Box[] = [];
  let left = room;
  for (let at = 0; at < areas.length; ) {
    const side = Math.min(left.width, left.height);
    let count = 1;
    while (at + count < areas.length && worst(areas.slice(at, at + count + 1), side) <= worst(areas.slice(at, at + count), side))
      count += 1;
    const row = areas.slice(at, at + count);
    found.push(...rowOf(row, left));
    left = without(row, left);
    at += count;
  }
  return found;
}

/** The longest box of a row, as length by width. */
function worst(row: number[], side: number): number {
  const sum = row.reduce((one, other) => one + other, 0);
  const thick = sum / side;
  return Math.max(...row.map((area) => Math.max(thick ** 2 / area, area / thick ** 2)));
}

const thickness = (row: number[], { width, height }: Box): number =>
  row.reduce((one, other) => one + other, 0) / Math.max(1e-9, Math.min(width, height));

function rowOf(row: number[], room: Box): Box[] {
  const thick = thickness(row, room);
  const upright = room.width >= room.height;
  let along = upright ? room.y : room.x;
  return row.map((area) => {
    const length = area / thick;
    const box = upright
      ? { x: room.x, y: along, width: thick, height: length }
      : { x: along, y: room.y, width: length, height: thick };
    along += length;
    return box;
  });
}

function without(row: number[], room: Box): Box {
  const thick = thickness(row, room);
  return room.width >= room.height
    ? { ...room, x: room.x + thick, width: room.width - thick }
    : { ...room, y: room.y + thick, height: room.height - thick };
}
