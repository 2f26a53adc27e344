/**
 * Logarithms to the last digits of float32: `logarithm(x)` and `logOnePlus(x)` for x >= 0. Those of shading languages may be off by 2^-21 next to 1,
 * where the cross entropy of a good prediction lives.
 *
 * 2 artanh(s) = ln((1 + s) / (1 - s)) is a series for |s| up to 0.18. x = m 2^e with m from sqrt(1/2) to sqrt(2); ln 2 stands in two parts, the first of
 * so few digits that e times it is exact.
 */
export const logarithms = `
    fn twiceArtanh(s: f32) -> f32 {
      let z: f32 = s * s;
      return 2.0 * s * (1.0 + z * (0.333333333 + z * (0.2 + z * (0.142857143 + z * 0.111111111))));
    }
    fn logarithm(x: f32) -> f32 {
      let bits: i32 = bitcast<i32>(x) - 0x3f3504f3;
      let e: f32 = f32(bits >> 23u);
      let m: f32 = bitcast<f32>((bits & 0x007fffff) + 0x3f3504f3);
      return e * 0.693359375 + (twiceArtanh((m - 1.0) / (m + 1.0)) - e * 0.000212194440);
    }
    fn logOnePlus(x: f32) -> f32 {
      if (x < 0.4) { return twiceArtanh(x / (2.0 + x)); }
      return logarithm(1.0 + x);
    }`;
