import { distanceBetween, positions, prepare, type ReferenceInput } from "@lossary/test-kit/reference";

/** Whether the mean of p over some ball is next to 1/2, where the soft threshold bends. */
export function nearThreshold(call: ReferenceInput): boolean {
  const { batch, voxels, classes, spatial, v, p, options } = prepare(call);
  const points = positions(spatial, options.spacing);
  const balls = (options.radii ?? []).flatMap((radius) =>
    points.map((centre) => points.flatMap((point, i) => (distanceBetween(centre, point) <= radius ? [i] : []))),
  );
  return Array.from({ length: batch * classes }, (_, k) => [Math.floor(k / classes), k % classes] as const).some(
    ([n, c]) =>
      balls.some((ball) => {
        const counted = ball.map((i) => n * voxels + i).filter((i) => v[i] !== 0);
        const sum = counted.reduce((total, i) => total + (p[i * classes + c] as number), 0);
        return counted.length > 0 && Math.abs(sum / counted.length - 0.5) < 2e-3;
      }),
  );
}
