/** A source of uniform numbers in [0, 1) that gives the same ones again for the same seed. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger): 32 bits of state, plenty for shuffling and noise. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A uniform number between two bounds. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}
