/** g - p, from the complement where g is large, so that p near 1 keeps its digits. */
export const shortfall = `
    fn shortfall(p: f32, q: f32, g: f32) -> f32 { return select(g - p, q - (1.0 - g), g >= 0.5); }`;

/** `termsOf`: what a class of a voxel adds to I, FP, FN and E. */
export function overlapTerms(product: boolean): string {
  return `${shortfall}
    fn termsOf(n: i32, i: i32, c: i32) -> vec4<f32> {
      let p: f32 = probability(n, i, c);
      let q: f32 = complement(n, i, c);
      let g: f32 = labelOf(n, i, c);
      let missing: f32 = shortfall(p, q, g);
      return ${product ? "vec4<f32>(p * g, p * (1.0 - g), q * g, missing * missing)" : "vec4<f32>(min(p, g), max(-missing, 0.0), max(missing, 0.0), missing * missing)"};
    }`;
}

/** `slopeOf`, or another name: dI/dp = h, dFP/dp = 1 - h, dFN/dp = -h with h = g (product) or [p < g] (semimetric; g where they are equal). */
export function overlapSlopes(product: boolean, name = "slopeOf"): string {
  return `${shortfall}
    fn ${name}(n: i32, i: i32, c: i32) -> f32 {
      let g: f32 = labelOf(n, i, c);
      let missing: f32 = shortfall(probability(n, i, c), complement(n, i, c), g);
      let inside: f32 = ${product ? "g" : "select(select(0.0, 1.0, missing > 0.0), g, missing == 0.0)"};
      let ofOverlap: f32 = inside * (getUpstream(0, n, c) - getUpstream(2, n, c));
      return ofOverlap + (1.0 - inside) * getUpstream(1, n, c) - 2.0 * missing * getUpstream(3, n, c);
    }`;
}
