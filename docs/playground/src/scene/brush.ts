/** A place on a mask, in pixels; whole numbers are the corners of pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How a stroke paints. */
export interface Brush {
  /** In pixels. */
  readonly diameter: number;
  readonly label: number;
}

/** The mask after a stroke from one place to another: every pixel whose centre lies within the brush anywhere on the way. */
export function stroked(
  mask: Uint8Array,
  size: number,
  from: Place,
  to: Place,
  { diameter, label }: Brush,
): Uint8Array {
  const painted = mask.slice();
  // a brush of one pixel paints the pixel that it is in, wherever in it
  const radius = Math.max(diameter / 2, 0.71);
  const [left, right] = [Math.min(from.x, to.x) - radius, Math.max(from.x, to.x) + radius];
  const [top, bottom] = [Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius];
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(size, Math.ceil(bottom)); row++) {
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(size, Math.ceil(right)); column++) {
      const centre = { x: column + 0.5, y: row + 0.5 };
      const isHit = diameter === 1 ? isIn(centre, from) || isIn(centre, to) : distance(centre, from, to) <= radius;
      if (isHit || (diameter === 1 && distance(centre, from, to) <= 0.5)) painted[row * size + column] = label;
    }
  }
  return painted;
}

function isIn(centre: Place, { x, y }: Place): boolean {
  return Math.floor(x) + 0.5 === centre.x && Math.floor(y) + 0.5 === centre.y;
}

/** From a place to a line between two others. */
function distance({ x, y }: Place, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}
