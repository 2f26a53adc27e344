import { conformance, type Mutant, mutantsOf, ofFile, ofForm, type TestPlace } from "./mutant.ts";

const overlap = conformance("overlap:");
const crossEntropy = conformance("cross entropy:");
const wrongByFar = conformance("cross entropy: a wrong class");
const crossEntropySums = conformance("cross-entropy sums:");
const errorSums = conformance("sums of errors beside logarithms:");
const overlapField = conformance("overlap and a field:");
const overlapCrossEntropy = conformance("overlap and chosen cross entropy:");
const squaredErrors = conformance("squared errors:");
const errors = conformance("errors:");
const overlapErrors = conformance("overlap and errors:");
const confusion = conformance("confusion:");
const left = (sums: string) => ofFile("left", (_, backend) => `what a forward pass leaves on ${backend} ${sums}`);
const probabilities = conformance("probabilities");
const counts = conformance("counts");
const sums: TestPlace = {
  file: "sum-voxels",
  named: (form, backend) => `sumVoxels on ${backend} ${form === "loops" || form === "portable" ? form : "fused"}`,
};
const windows: TestPlace = {
  file: "window-minimum",
  named: (form, backend) => `${form === "loops" || form === "portable" ? form : "fused"} windowMinimum on ${backend}`,
};
const balls: TestPlace = {
  file: "ball-error-sums",
  named: (form, backend) => `${form === "loops" ? form : "fused"} ballErrorSums on ${backend}`,
};
const directions: TestPlace = {
  file: "direction-losses",
  named: (_, backend) => `directions on ${backend}`,
};

const regions: TestPlace = {
  file: "overlap-regions",
  named: (form, backend) => `sums of regions on ${backend} ${form}`,
};

/** One mutant of each kernel in each of its forms, and more where a kernel has loops for special cases. */
export const mutants: readonly Mutant[] = [
  ...mutantsOf("OverlapSums", overlap, {
    simd: [
      "assembly/overlap-sums.ts",
      "fn = f32x4.add(fn, f32x4.mul(f32x4.mul(v, q), g));",
      "fn = f32x4.add(fn, f32x4.mul(f32x4.mul(v, p), g));",
    ],
    loops: [
      "src/fused/loop-sums.ts",
      "add(totals, row + 2 * stride, weight * (product ? q * g",
      "add(totals, row + 2 * stride, weight * (product ? p * g",
    ],
    portable: [
      "src/overlap-sums.ts",
      "minimum(probability, target), maximum(neg(missing), 0)",
      "maximum(probability, target), maximum(neg(missing), 0)",
    ],
    gpu: [
      "src/fused/gpu/overlap-source.ts",
      "max(-missing, 0.0), max(missing, 0.0), missing * missing",
      "max(-missing, 0.0), max(-missing, 0.0), missing * missing",
    ],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    // one class behind a sigmoid has a loop of its own
    simd: [
      "assembly/one-class-indices.ts",
      "i = f32x4.add(i, v128.and(right, isLabelled));",
      "i = f32x4.add(i, right);",
    ],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    simd: ["assembly/hard-four.ts", "fn = f32x4.add(fn, missed);", "fn = f32x4.add(fn, wrong);"],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    simd: ["assembly/hard-four.ts", "wrong = f32x4.mul(wrong, v);", "wrong = f32x4.add(wrong, splat(0));"],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    simd: [
      "assembly/hard-three.ts",
      "q = f32x4.mul(f32x4.add(e0, e2), share);",
      "q = f32x4.mul(f32x4.add(e0, e1), share);",
    ],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    // a label between 0 and 1 taken for a hard one
    simd: ["assembly/hard.ts", "v128.or(f32x4.eq(g, ones()), f32x4.eq(g, splat(0)))", "f32x4.le(g, ones())"],
  }),
  ...mutantsOf("OverlapSums", overlap, {
    // ignored labels that count
    simd: ["assembly/hard.ts", "checks = checks || !counts(bytes);", "checks = checks || false;"],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: [
      "assembly/overlap-sums.ts",
      "h = v128.or(v128.and(below, ones()), v128.andnot(v128.andnot(g, above), below));",
      "h = v128.and(below, ones());",
    ],
    loops: ["src/fused/loop-sums.ts", "inside * ofInside + (1 - inside) * ofOutside", "inside * ofInside + ofOutside"],
    portable: ["src/overlap-sums.ts", "mul(missing, mul(squaredError, -2))", "mul(missing, mul(squaredError, 2))"],
    gpu: [
      "src/fused/gpu/overlap-source.ts",
      "- 2.0 * missing * getUpstream(3, n, c)",
      "- missing * getUpstream(3, n, c)",
    ],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: [
      "assembly/beside-slopes.ts",
      "v128.bitselect(q, f32x4.neg(p), isLabelled)",
      "v128.bitselect(q, p, isLabelled)",
    ],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: [
      "assembly/one-class-left.ts",
      "slope = v128.and(f32x4.mul(slope, v), f32x4.gt(v, splat(0)));",
      "slope = v128.and(slope, f32x4.gt(v, splat(0)));",
    ],
  }),
  ...mutantsOf("OverlapSumsGradient", left("of overlap of 1 classes"), {
    // what a second gradient is made of, for which nothing is left
    simd: [
      "assembly/one-class-indices.ts",
      "const missing = v128.bitselect(q, f32x4.neg(p), isLabelled);",
      "const missing = v128.bitselect(q, p, isLabelled);",
    ],
  }),
  ...mutantsOf("OverlapRegions", regions, {
    simd: [
      "assembly/overlap-regions.ts",
      "q = f32x4.add(q, f32x4.mul(g, v128.load(complement + offset + at)));",
      "q = f32x4.add(q, v128.load(complement + offset + at));",
    ],
    loops: [
      "src/fused/loop-overlap-regions.ts",
      "add(missing, region, weight * (voxel.complement[c] as number));",
      "add(missing, region, voxel.complement[c] as number);",
    ],
    portable: ["src/overlap-regions.ts", "...ofRegions(activated.complement),", "...ofRegions(activated.probability),"],
  }),
  ...mutantsOf("OverlapRegions", regions, {
    // one class behind a sigmoid has a loop of its own, and the host adds up
    simd: [
      "assembly/overlap-regions.ts",
      "v128.store(fieldAt + from + at, v128.and(f32x4.mul(v, recalledComplement(x)), isOwn));",
      "v128.store(fieldAt + from + at, f32x4.mul(v, recalledComplement(x)));",
    ],
  }),
  ...mutantsOf("OverlapRegions", regions, {
    simd: ["src/fused/simd-regions.ts", "missing[region] = q;", "missing[region] = missing[region] as number;"],
  }),
  ...mutantsOf("OverlapRegionsGradient", regions, {
    simd: [
      "assembly/overlap-regions.ts",
      "own = f32x4.mul(own, v128.load(weight + at));",
      "own = f32x4.mul(own, v128.load(target + offset + at));",
    ],
    loops: [
      "src/fused/loop-overlap-regions.ts",
      "const ofRegion = weight * (voxel.target[c] as number) * (ofOwn[region] as number);",
      "const ofRegion = weight * (ofOwn[region] as number);",
    ],
    portable: ["src/overlap-regions.ts", "sub(ofOwn, ofMissing)", "sub(ofMissing, ofOwn)"],
  }),
  ...mutantsOf("OverlapRegionsGradient", regions, {
    simd: [
      "assembly/overlap-regions.ts",
      "const own = f32x4.add(inside, v128.load(mapAt + from + at));",
      "const own = inside;",
    ],
    loops: [
      "src/fused/regions.ts",
      "total[row] = (total[row] as number) + (upstream[at + count] as number);",
      "total[row] = upstream[at + count] as number;",
    ],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: ["assembly/hard-four.ts", "squaresInside<Four, Beside>(0)", "squaresInside<Four, Beside>(4)"],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: ["assembly/hard-four.ts", "d = f32x4.mul(d, v128.load32_splat(weightOf));", ""],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    simd: ["assembly/hard-three-gradient.ts", "f32x4.mul(p1, f32x4.add(h0, h2))", "f32x4.mul(p1, f32x4.add(h0, h1))"],
  }),
  ...mutantsOf("OverlapSumsGradient", overlap, {
    // labels that some blocks have left where others have not
    simd: ["assembly/overlap-sums.ts", "v128.store(at, unlabelled(v128.load(at)))", "v128.store(at, v128.load(at))"],
  }),
  ...mutantsOf("CrossEntropy", crossEntropy, {
    simd: [
      "assembly/cross-entropy.ts",
      "ofNegative = f32x4.mul(ofNegative, power(v128.load(probability + at), exponent));",
      "ofNegative = f32x4.mul(ofNegative, power(v128.load(complement + at), exponent));",
    ],
    loops: [
      "src/fused/loop-cross-entropy.ts",
      "sum += (negative[row + c] as number) * (1 - g) * (ofNegative + errors * p);",
      "sum += (negative[row + c] as number) * g * (ofNegative + errors * p);",
    ],
    portable: [
      "src/cross-entropy-terms.ts",
      "return focal(complement, gamma, exponent === 1 ? minusLog : power(minusLog, exponent));",
      "return focal(complement, gamma, mul(minusLog, 1.00001));",
    ],
    gpu: [
      "src/fused/gpu/cross-entropy-source.ts",
      "return positiveAt(n, i, c) * (power(complement(n, i, c)) *",
      "return positiveAt(n, i, c) * (power(probability(n, i, c)) *",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/term-slopes.ts",
      "return f32x4.mul(below, f32x4.add(f32x4.mul(f32x4.pmax(splat(0), q), ofLog), factor));",
      "return f32x4.mul(below, f32x4.add(ofLog, factor));",
    ],
    loops: [
      "src/fused/loop-cross-entropy.ts",
      'slope[c] = activation === "sigmoid" ? h * q : h;',
      'slope[c] = activation === "sigmoid" ? h * p : h;',
    ],
    portable: [
      "src/cross-entropy-terms.ts",
      "return neg(throughActivationOfLog(h, ofComplement, attributes.activation));",
      "return throughActivationOfLog(h, ofComplement, attributes.activation);",
    ],
    gpu: [
      "src/fused/gpu/cross-entropy-source.ts",
      "if (k != top) { others += weightOfNegative(n, i, k) * probability(n, i, k) / complement(n, i, k); }",
      "others += weightOfNegative(n, i, k) * probability(n, i, k) / complement(n, i, k);",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", conformance("stays finite at logits of 1e4"), {
    portable: [
      "src/cross-entropy-terms.ts",
      "const odds = div(probability, add(complement, top));",
      "const odds = div(probability, complement);",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/softmax-negatives.ts",
      "const others = f32x4.sub(oddsTotal, v128.load(scratch + at + c));",
      "const others = oddsTotal;",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/softmax-negatives.ts",
      "v128.store(field + at + c, v128.andnot(f32x4.mul(p, share), isTop));",
      "v128.store(field + at + c, v128.andnot(p, isTop));",
    ],
  }),
  ...mutantsOf("CrossEntropy", crossEntropy, {
    simd: [
      "assembly/softmax-negatives.ts",
      "const ofTop = f32x4.neg(logarithm(least));",
      "const ofTop = logOnePlusShare(least);",
    ],
  }),
  ...mutantsOf("CrossEntropy", crossEntropy, {
    simd: ["assembly/numbers.ts", "if (exponent == 0.5) return f32x4.sqrt(base);", "if (exponent == 0.5) return base;"],
  }),
  ...mutantsOf("CrossEntropy", crossEntropy, {
    simd: [
      "assembly/activate.ts",
      "v128.store(probability + at, f32x4.neg(f32x4.abs(v128.load(logits + at))));",
      "v128.store(probability + at, f32x4.neg(v128.load(logits + at)));",
    ],
  }),
  ...mutantsOf("CrossEntropy", wrongByFar, {
    simd: [
      "assembly/softmax-negatives.ts",
      "const ofTop = f32x4.sub(f32x4.sub(top, second), logarithm(total));",
      "const ofTop = f32x4.sub(top, second);",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", wrongByFar, {
    simd: [
      "assembly/softmax-negatives.ts",
      "v128.store(field + at + c, f32x4.mul(v128.load(field + at + c), share));",
      "v128.store(field + at + c, v128.load(field + at + c));",
    ],
  }),
  ...mutantsOf("ErrorTerms", crossEntropy, {
    gpu: [
      "src/fused/gpu/error-terms-source.ts",
      "part += positiveAt(n, i, c) * complement(n, i, c)",
      "part += positiveAt(n, i, c) * probability(n, i, c)",
    ],
    simd: [
      "assembly/error-terms.ts",
      "part = f32x4.add(part, f32x4.mul(b, v128.load(probability + at)));",
      "part = f32x4.add(part, f32x4.mul(b, v128.load(complement + at)));",
    ],
    loops: ["src/fused/loop-cross-entropy.ts", "* g * (ofPositive + errors * q);", "* g * (ofPositive + errors * p);"],
    portable: [
      "src/error-terms.ts",
      "const ofPositives = mul(positive, activated.complement);",
      "const ofPositives = mul(positive, sub(1, activated.complement));",
    ],
  }),
  ...mutantsOf("ErrorTermsGradient", crossEntropy, {
    gpu: ["src/fused/gpu/error-terms-source.ts", "} - positiveAt(n, i, c); }", "} + positiveAt(n, i, c); }"],
    simd: [
      "assembly/error-terms.ts",
      "if (activation != none && activation != softmax) d =",
      "if (activation == softmax) d =",
    ],
    loops: [
      "src/fused/loop-cross-entropy.ts",
      "const d = errors * ((ofNegatives[c] as number) - (ofPositives[c] as number));",
      "const d = errors * ((ofNegatives[c] as number) + (ofPositives[c] as number));",
    ],
    portable: [
      "src/error-terms.ts",
      "(negative ? sub(negative, positive) : neg(positive))",
      "(negative ? add(negative, positive) : neg(positive))",
    ],
  }),
  ...mutantsOf("PolyCrossEntropy", crossEntropy, {
    gpu: [
      "src/fused/gpu/cross-entropy-map.ts",
      "(valueOf(n, i) + uniforms.epsilon * errorsOf(n, i))",
      "(valueOf(n, i) - uniforms.epsilon * errorsOf(n, i))",
    ],
    simd: [
      "assembly/cross-entropy-terms.ts",
      "const isPlain = !isRaised() && errorShare == 0 && !(hasNegatives && activation == softmax);",
      "const isPlain = !isRaised() && !(hasNegatives && activation == softmax);",
    ],
    loops: [
      "src/fused/attributes.ts",
      "gamma: 0, power: 1, logs: true, errors: call.attributes.epsilon as number",
      "gamma: 0, power: 1, logs: true, errors: 1",
    ],
    portable: [
      "src/poly-cross-entropy-terms.ts",
      "return add(crossEntropy, mul(errors, epsilon));",
      "return add(crossEntropy, errors);",
    ],
  }),
  ...mutantsOf("PolyCrossEntropyGradient", crossEntropy, {
    gpu: [
      "src/fused/gpu/cross-entropy-map.ts",
      "uniforms.epsilon * throughActivation(n, i, c);",
      "(uniforms.epsilon + 0.001) * throughActivation(n, i, c);",
    ],
    simd: [
      "assembly/error-terms.ts",
      "v128.store(slope + offset + at, hasLogs ? f32x4.add(v128.load(slope + offset + at), d) : d);",
      "v128.store(slope + offset + at, d);",
    ],
    loops: [
      "src/fused/loop-cross-entropy.ts",
      "scale * ((slope[c] as number) + (ofErrors[c] as number));",
      "scale * (logs ? (slope[c] as number) : (ofErrors[c] as number));",
    ],
    portable: [
      "src/poly-cross-entropy-terms.ts",
      "errorTermsKernel.backward(upstream, inputs, attributes),",
      "errorTermsKernel.backward(mul(upstream, 1.001), inputs, attributes),",
    ],
  }),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: [
      "assembly/cross-entropy-sums.ts",
      "if (!offsetof<Positive>()) g = f32x4.sub(ones(), g);",
      "if (offsetof<Focal>()) g = f32x4.sub(ones(), g);",
    ],
    loops: [
      "src/fused/loop-cross-entropy-sums.ts",
      "const ofNegative = power(p, gamma) *",
      "const ofNegative = power(q, gamma) *",
    ],
    portable: [
      "src/cross-entropy-class-sums.ts",
      "attributes.negatives ? ofNegatives() : mul(ofPositives, 0),",
      "attributes.negatives ? ofNegatives() : ofPositives,",
    ],
    gpu: [
      "src/fused/gpu/cross-entropy-source.ts",
      "return vec4<f32>(positiveOf(n, i, c), negativeOf(n, i, c), 0.0, 0.0);",
      "return vec4<f32>(positiveOf(n, i, c), positiveOf(n, i, c), 0.0, 0.0);",
    ],
  }),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: [
      "assembly/one-class-indices.ts",
      "positive = f32x4.add(positive, v128.and(term, isLabelled));",
      "positive = f32x4.add(positive, term);",
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: [
      "assembly/cross-entropy-sums.ts",
      "if (activation != softmax) throughActivation(bytes);",
      "if (false) throughActivation(bytes);",
    ],
    loops: [
      "src/fused/loop-cross-entropy-sums.ts",
      "gradient[at] = (gradient[at] as number) + (ofOverlap[at] as number);",
      "gradient[at] = (gradient[at] as number) - (ofOverlap[at] as number);",
    ],
    portable: [
      "src/cross-entropy-class-sums.ts",
      "negative: negatives ? (mul(negative as Tensor, sub(1, target)) as Tensor3D) : undefined,",
      "negative: negatives ? (mul(negative as Tensor, target) as Tensor3D) : undefined,",
    ],
    gpu: ["src/fused/gpu/cross-entropy-sums.ts", "first + 1}, n, c)` : undefined,", "first}, n, c)` : undefined,"],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: ["assembly/one-class-indices.ts", "return v128.xor(x, i32x4.shl(isLabelled, 31));", "return x;"],
  }),
  ...mutantsOf("CrossEntropySums", errorSums, {
    simd: [
      "assembly/error-terms.ts",
      "const ofPositive = f32x4.mul(share, v128.load(complement + at));",
      "const ofPositive = f32x4.mul(share, v128.load(probability + at));",
    ],
    loops: [
      "src/fused/loop-cross-entropy-sums.ts",
      "raised(voxel.minusLogComplement[c] as number, exponent) + errors * p;",
      "raised(voxel.minusLogComplement[c] as number, exponent) + errors * q;",
    ],
    portable: [
      "src/cross-entropy-class-sums.ts",
      "add(ofLogs, mul(of.complement, errors))",
      "add(ofLogs, of.complement)",
    ],
    gpu: [
      "src/fused/gpu/cross-entropy-source.ts",
      '" + uniforms.epsilon * probability(n, i, c)"]',
      '" + uniforms.epsilon * complement(n, i, c)"]',
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", errorSums, {
    simd: ["assembly/own-terms.ts", "const ofProbability = splat(1 + errorShare);", "const ofProbability = splat(1);"],
    portable: [
      "src/cross-entropy-class-sums.ts",
      "[mul(slopeOfErrors(terms), errors) as Tensor3D]",
      "[slopeOfErrors(terms)]",
    ],
    gpu: [
      "src/fused/gpu/cross-entropy-sums.ts",
      '" + uniforms.epsilon * slopeOfErrors(n, i, c)"',
      '" - uniforms.epsilon * slopeOfErrors(n, i, c)"',
    ],
  }),
  ...mutantsOf("OverlapFieldSums", overlapField, {
    simd: [
      "assembly/overlap-field-sums.ts",
      "part = f32x4.add(part, f32x4.mul(term, v128.load(weight + at)));",
      "part = f32x4.add(part, term);",
    ],
    loops: [
      "src/fused/loop-overlap-field.ts",
      'const value = fielded === "probability" ? p : shortfall(p, q, g) ** 2;',
      'const value = fielded === "probability" ? p : shortfall(p, q, g);',
    ],
    portable: ["src/overlap-field-sums.ts", "square(shortfall(activated, target))", "shortfall(activated, target)"],
    gpu: [
      "src/fused/gpu/overlap-field.ts",
      "return missing * missing * getField(n, i, c);",
      "return abs(missing) * getField(n, i, c);",
    ],
  }),
  ...mutantsOf("OverlapFieldSums", overlapField, {
    gpu: [
      "src/fused/gpu/overlap-field.ts",
      "return probability(n, i, c) * getField(n, i, c); }",
      "return probability(n, i, c) * abs(getField(n, i, c)); }",
    ],
  }),
  ...mutantsOf("OverlapFieldSumsGradient", overlapField, {
    simd: [
      "assembly/overlap-field-sums.ts",
      "const upstream = squared ? f32x4.mul(ofSum, splat(-2)) : ofSum;",
      "const upstream = squared ? f32x4.mul(ofSum, splat(-1)) : ofSum;",
    ],
    loops: [
      "src/fused/loop-overlap-field.ts",
      "return ofOverlap(voxel, c, weight, at, row) + own;",
      "return ofOverlap(voxel, c, 1, at, row) + own;",
    ],
    portable: [
      "src/overlap-field-sums.ts",
      "const ofField = mul(slope, reshape(ofSum, [batch, 1, classes]));",
      "const ofField = mul(slope, reshape(parts[3] as Tensor2D, [batch, 1, classes]));",
    ],
    gpu: [
      "src/fused/gpu/overlap-field.ts",
      "getField(n, i, c) * getUpstream(4, n, c);",
      "getField(n, i, c) * getUpstream(3, n, c);",
    ],
  }),
  ...mutantsOf("OverlapCrossEntropy", overlapCrossEntropy, {
    simd: [
      "assembly/overlap-cross-entropy.ts",
      "v128.store(weight + at, v128.and(v128.load(keep + at), ones()));",
      "v128.store(weight + at, v128.load(weight + at));",
    ],
    loops: ["src/fused/loop-overlap-cross-entropy.ts", "Number(weight > 0)", "Number(weight > 1)"],
    portable: [
      "src/overlap-cross-entropy.ts",
      'weights ? mul(map, cast(greater(weights, 0), "float32")) : map',
      "weights ? mul(map, weights) : map",
    ],
    gpu: [
      "src/fused/gpu/overlap-cross-entropy.ts",
      "takeLogs(n, i); return valueOf(n, i);",
      "takeLogs(n, i); return weight * valueOf(n, i);",
    ],
  }),
  ...mutantsOf("OverlapCrossEntropyGradient", overlapCrossEntropy, {
    simd: [
      "assembly/overlap-cross-entropy.ts",
      "v128.store(scale + at, v128.and(v128.load(chosen + at), v128.load(keep + at)));",
      "v128.store(scale + at, v128.load(weight + at));",
    ],
    loops: [
      "src/fused/loop-overlap-cross-entropy.ts",
      "crossEntropyGradient(counting(given), terms, chosen, gradient);",
      "crossEntropyGradient(given, terms, chosen, gradient);",
    ],
    portable: [
      "src/overlap-cross-entropy.ts",
      "weighed(gradientOfTerms(terms, { ...attributes, gamma: 0 }), chosen);",
      "weighed(gradientOfTerms(terms, { ...attributes, gamma: 0 }), weights);",
    ],
    gpu: [
      "src/fused/gpu/overlap-cross-entropy.ts",
      "return getChosen(n, i) * gradientOf(n, i, c) + weight",
      "return weight * getChosen(n, i) * gradientOf(n, i, c) + weight",
    ],
  }),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: [
      "assembly/own-terms.ts",
      "part = f32x4.add(part, v128.and(v128.load(scratch + at), isLabelled));",
      "part = f32x4.add(part, v128.load(scratch + at));",
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: [
      "assembly/own-terms.ts",
      "const p = f32x4.neg(v128.load(probability + offset + at));",
      "const p = v128.load(probability + offset + at);",
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: [
      "assembly/own-terms.ts",
      "v128.store(to + at, f32x4.add(v128.load(to + at), v128.and(v128.load(scratch + at), isLabelled)));",
      "v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(scratch + at)));",
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: [
      "assembly/one-class.ts",
      "f32x4.add(s, f32x4.mul(f32x4.mul(splat(exponent), rest), log))",
      "f32x4.add(s, f32x4.mul(splat(exponent), log))",
    ],
  }),
  ...mutantsOf("SquaredErrorSums", squaredErrors, {
    simd: [
      "assembly/squared-error-sums.ts",
      "errors = f32x4.add(errors, f32x4.mul(square, v128.load(weight + at)));",
      "errors = f32x4.add(errors, square);",
    ],
    loops: [
      "src/fused/loop-sums.ts",
      "add(totals, row, weight * missing * missing * (field[at] as number));",
      "add(totals, row, weight * missing * missing * (field[row] as number));",
    ],
    portable: ["src/squared-error-sums.ts", "mul(square(missing), field)", "mul(missing, field)"],
    gpu: [
      "src/fused/gpu/squared-error-source.ts",
      "return missing * missing * getField(n, i, c);",
      "return abs(missing) * getField(n, i, c);",
    ],
  }),
  ...mutantsOf("SquaredErrorSumsGradient", squaredErrors, {
    simd: ["assembly/squared-error-sums.ts", "((<usize>c) << 4)), splat(-2));", "((<usize>c) << 4)), splat(-1));"],
    loops: [
      "src/fused/loop-sums.ts",
      "return -2 * weight * missing * (field[at] as number)",
      "return -2 * missing * (field[at] as number)",
    ],
    portable: [
      "src/squared-error-sums.ts",
      "reshape(mul(upstream, -2), [batch, 1, classes])",
      "reshape(mul(upstream, 2), [batch, 1, classes])",
    ],
    gpu: [
      "src/fused/gpu/squared-error-source.ts",
      "return -2.0 * missingOf(n, i, c)",
      "return -2.001 * missingOf(n, i, c)",
    ],
  }),
  ...mutantsOf("Errors", errors, {
    simd: [
      "assembly/errors.ts",
      "v128.store(slope + offset + at, v128.and(error, v128.load(keep + at)));",
      "v128.store(slope + offset + at, error);",
    ],
    loops: [
      "src/fused/loop-errors.ts",
      "result[at * classes + c] = isCounted ? error : 0;",
      "result[at * classes + c] = error;",
    ],
    portable: ["src/error-map.ts", "return withoutIgnored(errors as Tensor3D, weights);", "return errors as Tensor3D;"],
    gpu: ["src/fused/gpu/error-source.ts", "return abs(missingOf(n, i, c)); }`;", "return missingOf(n, i, c); }`;"],
  }),
  ...mutantsOf("ErrorsGradient", errors, {
    simd: [
      "assembly/errors.ts",
      "const isLevel = f32x4.eq(missing, splat(0));",
      "const isLevel = f32x4.lt(missing, splat(0));",
    ],
    loops: [
      "src/fused/loop-errors.ts",
      "if (hinge) return marginOf(voxel, c) > 0 ? d * (1 - 2 * g) : 0;",
      "if (hinge) return d * (1 - 2 * g);",
    ],
    portable: ["src/error-map.ts", "step(margin(predictions, target))", "1"],
    gpu: [
      "src/fused/gpu/error-source.ts",
      "return slopeOfDistance(missingOf(n, i, c), labelOf(n, i, c)) * getUpstream(n, i, c);",
      "return -slopeOfDistance(missingOf(n, i, c), labelOf(n, i, c)) * getUpstream(n, i, c);",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "product ? f32x4.mul(q, unlabelled) : f32x4.pmin(q, unlabelled)",
      "product ? f32x4.mul(q, unlabelled) : q",
    ],
    loops: [
      "src/fused/loop-overlap-errors.ts",
      "product ? q * (1 - g) : Math.min(q, 1 - g)",
      "product ? q * (1 - g) : 1 - g",
    ],
    portable: ["src/overlap-error-sums.ts", "minimum(complement, unlabelled)", "complement"],
    gpu: ["src/fused/gpu/overlap-errors.ts", "} * ($", "} * (1.001 * $"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/numbers.ts",
      "if (exponent == 1.5) return f32x4.mul(base, f32x4.sqrt(base));",
      "if (exponent == 1.5) return base;",
    ],
    loops: [
      "src/fused/loop-overlap-errors.ts",
      "return [Math.abs(missing) ** exponent];",
      "return [Math.abs(missing)];",
    ],
    portable: [
      "src/overlap-error-sums.ts",
      "return [pow(abs(missing), exponent)];",
      "return [pow(abs(missing), exponent + 0.001)];",
    ],
    gpu: [
      "src/fused/gpu/overlap-errors.ts",
      "if (exponent == 2.0) { return x * x; }",
      "if (exponent == 2.0) { return x; }",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "ofLabelled = f32x4.add(ofLabelled, f32x4.mul(square, g));",
      "ofLabelled = f32x4.add(ofLabelled, square);",
    ],
    loops: [
      "src/fused/loop-overlap-errors.ts",
      "totals, row + (4 + kind) * stride, weight * term",
      "totals, row + 4 * stride, weight * term",
    ],
    portable: [
      "src/overlap-error-sums.ts",
      "return [mul(square(missing), target), mul(square(missing), unlabelled)];",
      "return [mul(square(missing), target), square(missing)];",
    ],
    gpu: [
      "src/fused/gpu/overlap-errors.ts",
      "missing * missing * (1.0 - g), 0.0, 0.0",
      "missing * missing * (1.001 - g), 0.0, 0.0",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/beside.ts", "return v128.andnot(complement, isLabelled);", "return complement;"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/beside.ts",
      "return v128.and(f32x4.mul(error, error), isLabelled);",
      "return f32x4.mul(error, error);",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/beside.ts", "return f32x4.mul(error, f32x4.sqrt(error));", "return error;"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/beside.ts", "v128.andnot(square, isLabelled) : square", "square : square"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/beside.ts", "f32x4.add(squares, term) : squares", "squares : squares"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/beside.ts", "addTo(v128.load(sums, 16), squares), 16)", "addTo(v128.load(sums, 16), term), 16)"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/hard-four.ts", "term = f32x4.mul(term, v);", "term = f32x4.add(term, splat(0));"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/hard-four.ts", "addLanes(termSumsAt + 16, square);", "addLanes(termSumsAt + 16, extra);"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/hard-three.ts",
      "extra1 = f32x4.add(extra1, checks ? f32x4.mul(term, v) : term);",
      "extra1 = f32x4.add(extra1, term);",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: [
      "assembly/one-class-indices.ts",
      "weighed<Weighted>(besideOf(kind, q, wrong, isLabelled), at, counted)",
      "besideOf(kind, q, wrong, isLabelled)",
    ],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/one-class.ts", "if (isAny<Beside>()) for", "if (!isAny<Beside>()) for"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    simd: ["assembly/hard-errors.ts", "(kind != powers || exponent == 1.5)", "(kind != powers || exponent <= 2)"],
  }),
  ...mutantsOf("OverlapErrorSums", overlapErrors, {
    // labels that do not stand in what was left
    simd: ["src/fused/simd-labels.ts", "if (run(tile) === 0) holdsLabels = false;", "run(tile);"],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "return v128.andnot(v128.bitselect(ones(), unlabelled, above), below);",
      "return v128.andnot(unlabelled, below);",
    ],
    loops: ["src/fused/loop-overlap-errors.ts", "return [product || missing === 0 ? g - 1", "return [product ? g - 1"],
    portable: [
      "src/overlap-error-sums.ts",
      "slopeOfMinimum(neg(missing), unlabelled)",
      "slopeOfMinimum(missing, unlabelled)",
    ],
    gpu: [
      "src/fused/gpu/overlap-errors.ts",
      "select(select(1.0, 0.0, missing > 0.0), 1.0 - g, missing == 0.0)",
      "select(1.0, 0.0, missing > 0.0)",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "power(f32x4.abs(missing), exponent - 1)",
      "power(f32x4.abs(missing), exponent)",
    ],
    loops: ["src/fused/loop-overlap-errors.ts", "return [exponent * sideOf(missing, g)", "return [sideOf(missing, g)"],
    portable: ["src/overlap-error-sums.ts", "if (exponent === 1) return", "if (exponent === 0) return"],
    gpu: [
      "src/fused/gpu/overlap-errors.ts",
      "select(select(1.0, -1.0, missing > 0.0), 1.0 - 2.0 * g, missing == 0.0)",
      "select(1.0, -1.0, missing > 0.0)",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "f32x4.add(f32x4.mul(g, first), f32x4.mul(unlabelled, second))",
      "f32x4.add(f32x4.mul(g, first), f32x4.mul(unlabelled, first))",
    ],
    loops: [
      "src/fused/loop-overlap-errors.ts",
      "return [-2 * missing * g, -2 * missing * (1 - g)];",
      "return [-2 * missing * g, -missing * (1 - g)];",
    ],
    portable: [
      "src/overlap-error-sums.ts",
      "const part = parts[4 + kind] as Tensor2D;",
      "const part = parts[4] as Tensor2D;",
    ],
    gpu: ["src/fused/gpu/overlap-errors.ts", "(1.0 - g) * getUpstream(5, n, c);", "(1.0 - g) * getUpstream(4, n, c);"],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/overlap-error-sums.ts",
      "if (isRecalled && hasHardErrors(beside, exponent)) dropLabels(bytes);",
      "",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/beside-slopes.ts",
      "return f32x4.sub(ofFalsePositives, upstreamBeside",
      "return f32x4.add(ofFalsePositives, upstreamBeside",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/beside-slopes.ts",
      "return squares<Classes, Beside>(place, place + 4);",
      "return squares<Classes, Beside>(place, place);",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: ["assembly/beside-slopes.ts", "v128.bitselect(f32x4.neg(root), root, isLabelled)", "root"],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/hard-four.ts",
      "const roots = rootsOf<Four, Beside>(0);",
      "const roots = rootsOf<Four, Beside>(4);",
    ],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: ["assembly/hard-three-gradient.ts", "ofInside1, ofOutside1, roots1)", "ofInside1, ofOutside1, roots2)"],
  }),
  ...mutantsOf("OverlapErrorSumsGradient", overlapErrors, {
    simd: [
      "assembly/one-class-left.ts",
      "const outside = outsideOf<One, Beside>(0);",
      "const outside = outsideOf<One, Beside>(4);",
    ],
  }),
  ...mutantsOf("Confusion", confusion, {
    gpu: [
      "src/fused/gpu/confusion.ts",
      "return g * probability(n, i, pair - row * classCount());",
      "return g * probability(n, i, row);",
    ],
    simd: [
      "assembly/confusion.ts",
      "const labelled = f32x4.mul(v128.load(truth + at), v128.load(weight + at));",
      "const labelled = v128.load(truth + at);",
    ],
    loops: ["src/fused/loop-confusion.ts", "const row = first + label * classes;", "const row = first + label;"],
    portable: [
      "src/confusion.ts",
      "matMul(inBlocks(target), inBlocks(probability), true, false)",
      "matMul(inBlocks(probability), inBlocks(target), true, false)",
    ],
  }),
  ...mutantsOf("ConfusionGradient", confusion, {
    gpu: [
      "src/fused/gpu/confusion.ts",
      "sum += labelOf(n, i, l) * getUpstream(n, l, k);",
      "sum += labelOf(n, i, l) * getUpstream(n, k, l);",
    ],
    simd: [
      "assembly/confusion.ts",
      "v128.load32_splat(coefficientsAt + ((<usize>label) << 4) + ((<usize>k) << 2))",
      "v128.load32_splat(coefficientsAt + ((<usize>k) << 4) + ((<usize>label) << 2))",
    ],
    loops: ["src/fused/loop-confusion.ts", "return weight * sum;", "return sum;"],
    portable: [
      "src/confusion.ts",
      "throughActivation(matMul(target, upstream as Tensor3D), activated",
      "throughActivation(matMul(target, upstream as Tensor3D, false, true), activated",
    ],
  }),
  ...mutantsOf("Probabilities", probabilities, {
    simd: [
      "assembly/plain.ts",
      "join(probability, predictionsAt + ((<usize>(first * classes)) << 2), bytes);",
      "join(probability, predictionsAt + ((<usize>(first * classes)) << 2), bytes - 16);",
    ],
    loops: [
      "src/fused/loop-sums.ts",
      "result.set(reader.voxel.probability, at * classes);",
      "result.set(reader.voxel.complement, at * classes);",
    ],
    portable: [
      "src/probabilities.ts",
      "activate(predictions, activation).probability,",
      "activate(predictions, activation).complement,",
    ],
    gpu: ["src/fused/reductions/probabilities.ts", "return probability(n, i, c);", "return complement(n, i, c);"],
  }),
  ...mutantsOf("ProbabilitiesGradient", probabilities, {
    simd: ["assembly/plain.ts", "activation == none ? d : f32x4.mul(d, v128.load(probability + at))", "d"],
    loops: [
      "src/fused/loop-sums.ts",
      "(_voxel, _class, _weight, at) => upstream[at] as number);",
      "(_voxel, _class, _weight, at) => -(upstream[at] as number));",
    ],
    portable: [
      "src/probabilities.ts",
      "throughActivation(upstream as Tensor3D, activate(predictions, activation), activation),",
      'throughActivation(upstream as Tensor3D, activate(predictions, activation), "sigmoid"),',
    ],
    gpu: [
      "src/fused/reductions/probabilities.ts",
      "{ return getUpstream(n, i, c); }",
      "{ return getUpstream(n, i, 0); }",
    ],
  }),
  ...mutantsOf("ValidVoxels", counts, {
    simd: [
      "assembly/plain.ts",
      "addPlane(weight, sumsAt, bytesOf(count));",
      "addPlane(weight, sumsAt, bytesOf(count) - 16);",
    ],
    loops: [
      "src/fused/loop-sums.ts",
      "(_at, weight, row, totals) => add(totals, row, weight))(sums, 1);",
      "(_at, _weight, row, totals) => add(totals, row, 1))(sums, 1);",
    ],
    portable: [
      "src/counts.ts",
      "reshape(sumMap(portableWeights(problem) as Tensor2D), [problem.batch, 1]),",
      "fill([problem.batch, 1], problem.voxels),",
    ],
    gpu: ["src/fused/reductions/counts.ts", "{ return 1.0; }", "{ return 1.001; }"],
  }),
  ...mutantsOf("LabelledSums", counts, {
    simd: [
      "assembly/plain.ts",
      "v128.store(from + at, f32x4.mul(v128.load(from + at), v128.load(weight + at)));",
      "v128.store(from + at, v128.load(from + at));",
    ],
    loops: [
      "src/fused/loop-sums.ts",
      "add(totals, row + c, weight * (reader.voxel.target[c] as number));",
      "add(totals, row + c, reader.voxel.target[c] as number);",
    ],
    portable: [
      "src/counts.ts",
      "sumVoxels(weighed(denseTarget(kernelArguments(problem).inputs), portableWeights(problem))),",
      "sumVoxels(denseTarget(kernelArguments(problem).inputs)),",
    ],
    gpu: ["src/fused/reductions/counts.ts", "{ return labelOf(n, i, c); }", "{ return labelOf(n, i, 0); }"],
  }),
  ...mutantsOf("VoxelWeights", counts, {
    loops: ["src/fused/maps.ts", "map.set(weights);", "map.fill(1);"],
    portable: [
      "src/counts.ts",
      "return voxelWeights(inputs, attributes);",
      "return voxelWeights(inputs, { ...attributes, ignoreLabel: Number.NaN });",
    ],
    gpu: ["src/fused/reductions/counts.ts", '"return weight;"', '"return 2.0 * weight;"'],
  }),
  ...mutantsOf("SumVoxels", sums, {
    simd: ["assembly/plain.ts", "addPlane(probability + <usize>c * plane, sumsAt", "addPlane(probability, sumsAt"],
    loops: [
      "src/fused/loop-sums.ts",
      "add(totals, row + c, predictions?.[at * classes + c] as number);",
      "add(totals, row + c, predictions?.[at * classes] as number);",
    ],
    portable: [
      "src/sum-voxels.ts",
      "const missing = blocks * stage - count;",
      "const missing = blocks * stage - count;\n    if (missing > 0) return sum(partial, 1).mul(0);",
    ],
    gpu: [
      "src/fused/reductions/voxel-sums.ts",
      "{ return getPredictions(n, i, c); }",
      "{ return getPredictions(n, i, 0); }",
    ],
  }),
  ...mutantsOf("SumVoxelsGradient", sums, {
    loops: [
      "src/fused/maps.ts",
      "const row = upstream.subarray(sample * classes, (sample + 1) * classes);",
      "const row = upstream.subarray(0, classes);",
    ],
    portable: [
      "src/sum-voxels.ts",
      "return mul(reshape(upstream, [batch, 1, channels]), ones([batch, voxels, channels]));",
      "return mul(sum(upstream), ones([batch, voxels, channels]));",
    ],
    gpu: ["src/fused/reductions/voxel-sums.ts", "{ return getUpstream(n, c); }", "{ return getUpstream(0, c); }"],
  }),
  ...mutantsOf(
    "JaccardIncrements",
    ofFile("jaccard-increments", (fused, backend) => `fused ${fused} jaccardIncrements on ${backend}`),
    {
      loops: [
        "src/fused/falling-order.ts",
        "scatter(keys, order, spareKeys, spareOrder, middle, 11);",
        "spareKeys.set(keys);\n  spareOrder.set(order);",
      ],
      portable: [
        "src/jaccard-increments.ts",
        'const jump = mul(cast(equal(u0, 0), "float32"), safeDivide(one, u1));',
        "const jump = mul(u0, 0);",
      ],
    },
  ),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: ["assembly/own-terms.ts", "return !v128.any_true(odd);", "return true;"],
  }),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: ["assembly/label-terms.ts", "return !v128.any_true(odd);", "return true;"],
  }),
  ...mutantsOf("CrossEntropySums", crossEntropySums, {
    simd: [
      "assembly/label-terms.ts",
      "negative = f32x4.add(negative, v128.andnot(term, isLabelled));",
      "negative = f32x4.add(negative, term);",
    ],
  }),
  ...mutantsOf("CrossEntropySumsGradient", crossEntropySums, {
    simd: ["assembly/term-slopes.ts", "const right = v128.bitselect(p, q, isLabelled);", "const right = p;"],
  }),
  ...mutantsOf("SelectLargest", ofForm("select-largest", "selectLargest"), {
    simd: [
      "assembly/selection.ts",
      "countIn(mapAt + 3 * tableBytes + <usize>i32x4.extract_lane(digit, 3));",
      "countIn(mapAt + 3 * tableBytes + <usize>i32x4.extract_lane(digit, 2));",
    ],
    gpu: [
      "src/fused/gpu/selection.ts",
      "if (value >= at) { counts[1] = 1.0; }",
      "if (value > at) { counts[1] = 1.0; }",
    ],
    loops: [
      "src/fused/selection.ts",
      "factors[candidates[i] as number] = left / level;",
      "factors[candidates[i] as number] = 1;",
    ],
    portable: [
      "src/select-largest.ts",
      'const level = cast(logicalAnd(equal(candidates, threshold), isCounted), "float32") as Tensor2D;',
      'const level = cast(equal(candidates, threshold), "float32") as Tensor2D;',
    ],
  }),
  ...mutantsOf("SelectLargest", ofForm("select-largest", "selectLargest"), {
    simd: [
      "assembly/selection.ts",
      "const above = f32x4.splat(smallestOf(digit + 1));",
      "const above = f32x4.splat(smallestOf(digit));",
    ],
    loops: [
      "src/fused/selection.ts",
      "size += ((own ^ (digit + 1)) - 1) >>> 31;",
      "size += ((own ^ digit) - 1) >>> 31;",
    ],
  }),
  ...mutantsOf("SelectLargest", ofForm("select-largest", "selectLargest"), {
    simd: ["assembly/selection.ts", "key < 0 ? key ^ 0x80000000 : ~key", "key ^ 0x80000000"],
    loops: ["src/fused/selection.ts", "kept += ((own ^ digit) - 1) >>> 31;", "kept += 1;"],
  }),
  ...mutantsOf("SelectLargest", ofForm("select-largest", "selectLargest"), {
    simd: [
      "assembly/selection.ts",
      "i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)",
      "i32x4.extract_lane(pairs, 0)",
    ],
    loops: ["src/fused/selection.ts", "factors[at] = (digit - own) >>> 31;", "factors[at] = 0;"],
  }),
  ...mutantsOf("SelectLargest", ofForm("select-largest", "selectLargest"), {
    simd: ["assembly/selection.ts", "first + <i32>(at >> 2) + ctz(level)", "first + <i32>(at >> 2)"],
  }),
  ...mutantsOf("ChosenSums", ofForm("chosen-terms", "chosen cross entropy"), {
    simd: [
      "assembly/selection.ts",
      "values = f32x4.add(values, f32x4.mul(w, v128.load(predictionsAt + at)));",
      "values = f32x4.add(values, v128.load(predictionsAt + at));",
    ],
    loops: ["src/fused/maps.ts", "sums[rows + row] = ofWeights;", "sums[rows + row] = count;"],
    portable: [
      "src/chosen-sums.ts",
      "concat([sumMap(mul(map, chosen), fused), sumMap(chosen, fused)])",
      "concat([sumMap(map, fused), sumMap(chosen, fused)])",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/kept-map.ts",
      "if (offsetof<N>() == 1) {\n      multiply(at, u);",
      "if (offsetof<N>() == 1) {\n      multiply(at, f32x4.abs(u));",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/kept-map.ts", "u, u, 2, 2, 3, 3", "u, u, 2, 2, 2, 3"],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/kept-map.ts", "u, u, 1, 1, 2, 2", "u, u, 1, 1, 1, 2"],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/kept-map.ts", "u, u, 3, 3, 3, 3", "u, u, 2, 2, 2, 2"],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/kept-map.ts",
      "at < first + quads; at += 16) multiply(at, u);",
      "at < first + quads; at += 16) multiply(at, splat(factor));",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/kept-map.ts", "store<f32>(at, load<f32>(at) * by);", "store<f32>(at, load<f32>(at) * factor);"],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/term-gradient.ts", "storeThrough(at + step, h1, h0);", "storeThrough(at + step, h1, h1);"],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/term-gradient.ts",
      "storeThrough(at + 2 * step, h2, first);",
      "storeThrough(at + 2 * step, h2, h0);",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/term-gradient.ts",
      "storeThrough(at + 3 * step, h3, f32x4.add(h2, first));",
      "storeThrough(at + 3 * step, h3, f32x4.add(h3, first));",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/cross-entropy-sums.ts",
      "v128.store(scale + at, v128.load(weight + at));",
      "v128.store(scale + at, ones());",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: [
      "assembly/softmax-of-few.ts",
      "f32x4.ge(v128.load(logits + at), v128.load(logits + at + step))",
      "f32x4.le(v128.load(logits + at), v128.load(logits + at + step))",
    ],
  }),
  ...mutantsOf("CrossEntropyGradient", crossEntropy, {
    simd: ["assembly/softmax-of-few.ts", "exponentials(probability + c, bytes);", "exponentials(probability + c, 16);"],
  }),
  ...mutantsOf("CrossEntropyGradient", left("map of cross entropy leaves"), {
    // where nothing is left, it is made anew
    simd: ["src/fused/simd-terms.ts", "if (!left) run.crossEntropy(count);", "if (left) run.crossEntropy(count);"],
  }),
  ...mutantsOf("CrossEntropyGradient", ofForm("chosen-terms", "chosen cross entropy"), {
    simd: ["src/fused/simd-terms.ts", "factors?.[sample] ?? 1", "1"],
  }),
  ...mutantsOf("CrossEntropyGradient", left("chosen cross entropy leaves"), {
    simd: ["src/taking-once.ts", "isLeft = false;", ""],
  }),
  ...mutantsOf("CrossEntropyGradient", left("map of cross entropy leaves"), {
    simd: [
      "src/fused/simd-tiles.ts",
      "const predictions = given.left ?? given.predictions;",
      "const { predictions } = given;",
    ],
  }),
  ...mutantsOf(
    "Channel",
    ofFile("channels", (_, backend) => `channelsOf on ${backend}`),
    {
      loops: [
        "src/fused/maps.ts",
        "for (let at = 0, from = channel; at < map.length;",
        "for (let at = 0, from = 0; at < map.length;",
      ],
      portable: [
        "src/channels.ts",
        "slice(apart, [channel, 0, 0], [1, batch, voxels])",
        "slice(apart, [0, 0, 0], [1, batch, voxels])",
      ],
    },
  ),
  ...mutantsOf(
    "AnyIgnored",
    ofFile("weights-of", (_, backend) => `weightsOf class indices on ${backend}`),
    { loops: ["src/fused/maps.ts", "found[0] = Number(at < values.length);", "found[0] = 0;"] },
  ),
  ...mutantsOf(
    "Region",
    ofFile("label-regions", (_, backend) => `labelRegions on ${backend}`),
    {
      loops: ["src/fused/maps.ts", "(values[from] as number) > 0.5", "(values[from] as number) >= 0.5"],
      portable: [
        "src/label-regions.ts",
        "return problem.classes === 1 && hasIndices(problem) ? 1 : label;",
        "return label;",
      ],
    },
  ),
  ...mutantsOf("WindowMinimum", windows, {
    gpu: [
      "src/fused/gpu/window.ts",
      ".slice(axis + 1).reduce((size, side) => size * side, 1);",
      ".slice(axis + 1).reduce((size, side) => size + side, 1);",
    ],
    simd: [
      "assembly/windows.ts",
      "lower(least + start, x + start + stride, length);",
      "lower(least + start, x + start, length);",
    ],
    loops: ["src/fused/window.ts", "if (here < (least[next] as number)) least[next] = here;", ""],
    portable: ["src/window-minimum.ts", "const outside = 1e4;", "const outside = 0;"],
  }),
  ...mutantsOf("WindowSum", windows, {
    simd: [
      "assembly/windows.ts",
      "add(sum + start, x + start + stride, length);",
      "add(sum + start, x + start, length);",
    ],
    loops: ["src/fused/window.ts", "sum[next] = (sum[next] as number) + here;", ""],
    portable: ["src/window-sum.ts", "shift(x, axis, step, 0, window)", "shift(x, axis, step, 0.001, window)"],
  }),
  ...mutantsOf("WindowMinimumGradient", windows, {
    simd: [
      "assembly/windows.ts",
      "tally(count + start + stride, x + start, least + start + stride, length);",
      "tally(count + start + stride, x + start, least + start, length);",
    ],
    gpu: ["src/fused/gpu/window.ts", "return getUpstream(n, i, c) / ties;", "return getUpstream(n, i, c);"],
    loops: ["src/fused/window.ts", "if (x[one] === least[next]) share[next] = (share[next] as number) + 1;", ""],
    portable: [
      "src/window-minimum.ts",
      "shift(mul(share, moved(axis, step)), axis, -step, 0, window)",
      "shift(mul(share, moved(axis, step)), axis, step, 0, window)",
    ],
  }),
  ...mutantsOf("BallErrorSums", balls, {
    simd: [
      "assembly/balls.ts",
      "c = i32x4.add(c, i32x4.sub(v128.load(behind, 32), v128.load(first, 32)));",
      "c = i32x4.add(c, i32x4.sub(v128.load(behind, 32), v128.load(first, 36)));",
    ],
    loops: [
      "src/fused/balls.ts",
      "before[from + Math.min(x + half + 1, columns)]",
      "before[from + Math.min(x + half, columns)]",
    ],
  }),
  ...mutantsOf("BallErrorSums", balls, {
    // tiles meet where nobody would look without small ones
    simd: [
      "src/fused/simd-balls.ts",
      "for (let z = -deep; z < deep; z++) readPlane(z);",
      "for (let z = 0; z < deep; z++) readPlane(z);",
    ],
  }),
  ...mutantsOf("BallErrorSumsGradient", balls, {
    simd: ["assembly/balls.ts", "v128.and(f32x4.lt(predicted, zero), g)", "v128.and(f32x4.le(predicted, zero), g)"],
    loops: ["src/fused/ball-errors.ts", "predicted < 0 ? -gHere : 0", "-gHere"],
  }),
  ...mutantsOf("Distributions", ofForm("distributions", "distributions"), {
    simd: ["assembly/distributions.ts", "joinMany(minusLog, to + record / 2,", "joinMany(complement, to + record / 2,"],
    loops: ["src/fused/distributions.ts", "isCounted ? counted : ignored", "counted"],
  }),
  ...mutantsOf("Distributions", ofForm("distributions", "distributions"), {
    // records of one class that would not fit into the place of two tiles
    simd: ["src/fused/simd-distributions.ts", "const mostVoxels = 8192;", "const mostVoxels = 16384;"],
    loops: ["src/fused/distributions.ts", "records.set(voxel.minusLogComplement, to + 3);", ""],
  }),
  ...mutantsOf("Distributions", ofForm("distributions", "distributions"), {
    simd: ["assembly/planes.ts", "numbers, 3);\n      value += 4;", "numbers, 3);"],
  }),
  ...mutantsOf("FaceDivergences", directions, {
    loops: ["src/fused/face-divergences.ts", "const left = voxel > first ? -length : 0;", "const left = -length;"],
  }),
  ...mutantsOf("FaceDivergences", directions, {
    loops: [
      "src/fused/face-divergences.ts",
      "(weights[voxel + step] as number) > 0 ? step * length : 0",
      "step * length",
    ],
  }),
  ...mutantsOf("FaceDivergences", directions, {
    loops: ["src/fused/face-divergences.ts", "z < depth - 1 ? height * width : 0", "0"],
  }),
  ...mutantsOf("DirectionLosses", directions, {
    loops: ["src/fused/moving-voxels.ts", "(isGoal ? (1 - smoothing) / goals : 0)", "(isGoal ? 1 - smoothing : 0)"],
  }),
  ...mutantsOf("DirectionLosses", directions, {
    loops: ["src/fused/moving-voxels.ts", "if (!isWithin(y + (along[3 * step + 1] as number), height)) continue;", ""],
  }),
  ...mutantsOf("DirectionLossesGradient", directions, {
    loops: ["src/fused/direction-losses.ts", "(slope[0] as number) - (slope[1] as number)", "(slope[0] as number)"],
  }),
  ...mutantsOf("DirectionLossesGradient", directions, {
    loops: ["src/fused/direction-losses.ts", "((slope[k] as number) - (slope[c] as number))", "(slope[k] as number)"],
  }),
  ...mutantsOf("DirectionLossesGradient", directions, {
    // what the forward pass has left is of the losses, not of what is made of them
    loops: ["src/fused/reductions/directions.ts", 'scaleSamples(gradient, call.floats("upstream"));', ""],
  }),
  ...mutantsOf("SelectAlike", ofForm("select-alike", "selectAlike"), {
    simd: ["src/fused/alike.ts", "value >= edge", "value > edge"],
    loops: ["src/fused/alike.ts", "value > alike.least", "value >= alike.least"],
    portable: ["src/select-alike.ts", "logicalAnd(isLarge, greater(counted, 0))", "isLarge"],
  }),
  ...mutantsOf("SelectAlike", ofForm("select-alike", "selectAlike"), {
    loops: ["src/fused/alike.ts", " && (counted === undefined || (counted[at] as number) > 0)", ""],
    portable: ["src/select-alike.ts", "mul(last, 1 - alike.share)", "last"],
  }),
  ...mutantsOf(
    "OffBoundary",
    ofFile("off-boundary", (_, backend) => `offBoundary on ${backend}`),
    {
      loops: [
        "src/fused/label-boundary.ts",
        "if (here === there || here < 0 || there < 0) continue;",
        "if (here === there) continue;",
      ],
    },
  ),
  ...mutantsOf(
    "OffBoundary",
    ofFile("off-boundary", (_, backend) => `offBoundary on ${backend}`),
    {
      loops: ["src/fused/label-boundary.ts", "if (!(value > most)) continue;", "if (!(value >= most)) continue;"],
    },
  ),
];
