import { blocks, bounds, depthStep, height, heightStep, ranks, reaches, widthStep, within } from "./layout";

/** The sum of what the blocks of a row have `within`. */
export let distancesAround: f32 = 0;

/** Nothing is known of the plane behind. */
export function forgetBounds(): void {
  for (let y: usize = 0; y < height; y++) forgetRow(y);
}

export function forgetRow(y: usize): void {
  const bound = bounds + y * ranks * 4;
  for (let block: usize = 0; block < ranks; block++) {
    // ranks are whole vectors; what is behind the last block bounds nothing
    store<f32>(bound + block * 4, block < blocks ? <f32>Infinity : 0);
  }
}

/** The largest distance of the plane that was finished last. */
export function farthestBehind(): f32 {
  let farthest = f32x4.splat(0);
  for (let at = bounds; at < bounds + height * ranks * 4; at += 16) farthest = v128.pmax<f32>(farthest, v128.load(at));
  return largestLane(farthest);
}

/**
 * Sets the distance within which each block of a row finds all that matters to it, and returns the largest: no distance
 * is larger than the same block's of the plane behind or of the row before, and a step.
 */
export function lookAround(y: usize): f32 {
  const behind = bounds + y * ranks * 4;
  const before = behind - ranks * 4;
  const over = f32x4.splat(depthStep);
  const across = f32x4.splat(heightStep);
  let most = f32x4.splat(0);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < ranks * 4; at += 16) {
    let distance = v128.add<f32>(v128.load(behind + at), over);
    if (y > 0) distance = v128.pmin<f32>(distance, v128.add<f32>(v128.load(before + at), across));
    v128.store(within + at, distance);
    most = v128.pmax<f32>(most, distance);
    sum = v128.add<f32>(sum, distance);
  }
  const pairs = v128.add<f32>(sum, v128.shuffle<u64>(sum, sum, 1, 0));
  distancesAround = f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  return largestLane(most);
}

/**
 * Sets the steps within which the columns of each block of a row find all that matters to the blocks that are near
 * enough to see it.
 */
export function lookAside(y: usize): void {
  const behind = bounds + y * ranks * 4;
  let most = f32x4.splat(0);
  for (let at: usize = 0; at < ranks * 4; at += 16) {
    const distance = v128.add<f32>(v128.load(behind + at), f32x4.splat(depthStep));
    v128.store(within + at, distance);
    most = v128.pmax<f32>(most, distance);
  }
  const farthest = largestLane(most);
  const aside = <usize>min<f32>(farthest / (16 * widthStep), 64) + 1;
  const perStep = f32x4.splat(<f32>1.000001 / heightStep);
  for (let at: usize = 0; at < ranks * 4; at += 16) {
    let reach = f32x4.splat(farthest);
    if (aside <= 3) {
      reach = v128.load(within + at);
      for (let away: usize = 4; away <= aside * 4; away += 4) {
        reach = v128.pmax<f32>(reach, v128.pmax<f32>(v128.load(within + at - away), v128.load(within + at + away)));
      }
    }
    const steps = v128.pmin<f32>(v128.mul<f32>(reach, perStep), f32x4.splat(<f32>1e6));
    v128.store(reaches + y * ranks * 4 + at, v128.add<i32>(i32x4.trunc_sat_f32x4_s(steps), i32x4.splat(1)));
  }
}

@inline
function largestLane(lanes: v128): f32 {
  const pairs = v128.pmax<f32>(lanes, v128.shuffle<u64>(lanes, lanes, 1, 0));
  return f32x4.extract_lane(v128.pmax<f32>(pairs, v128.shuffle<u32>(pairs, pairs, 1, 0, 3, 2)), 0);
}
