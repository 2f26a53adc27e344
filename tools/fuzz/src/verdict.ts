import { dispose, grad, memory, sum, Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Plain } from "./content.ts";
import type { Subject } from "./subject.ts";

/** What became of a call: it was refused with an error that teaches, or it was right. What is wrong is thrown. */
export type Outcome = "accepted" | "refused";

/** How much of a processor's time one call may take; the slowest takes some tenths of a second. */
export const secondsOfCall = 10;

/** Calls a subject and says what became of it; throws what is wrong with that. */
export async function judge(subject: Subject, given: readonly unknown[]): Promise<Outcome> {
  const made: Tensor[] = [];
  const { numDataBuffers } = memory();
  const started = process.threadCpuUsage();
  const outcome = await tried(subject, given, made).finally(() =>
    dispose(made.filter(({ isDisposed }) => !isDisposed)),
  );
  const left = memory().numDataBuffers - numDataBuffers;
  if (left !== 0) throw new Error(`${left} buffers are left behind`);
  const { user, system } = process.threadCpuUsage(started);
  const seconds = (user + system) / 1e6;
  if (seconds > secondsOfCall) throw new Error(`it took ${seconds.toFixed(1)} s`);
  return outcome;
}

async function tried(subject: Subject, given: readonly unknown[], made: Tensor[]): Promise<Outcome> {
  const real = given.map((value) => realise(value, made));
  const own = memory().numTensors;
  const outcome = await called(subject, given, real);
  expectUntouched(made);
  const left = memory().numTensors - own;
  if (left !== 0) throw new Error(`${left} tensors are left behind by a call that was ${outcome}`);
  if (outcome === "accepted" && subject.gradientOf !== undefined) {
    differentiate(subject, real);
    expectUntouched(made);
  }
  return outcome;
}

async function called(subject: Subject, given: readonly unknown[], real: readonly unknown[]): Promise<Outcome> {
  let result: unknown;
  try {
    result = await subject.call(...(real as never[]));
  } catch (error) {
    expectTeaching(subject, error);
    return "refused";
  }
  const tensors: Tensor[] = [];
  try {
    expectFinite(result, subject.infinite?.(given) === true, "result", tensors);
  } finally {
    for (const one of new Set(tensors)) one.dispose();
  }
  return "accepted";
}

/** An error teaches if it says who refuses, and what was expected or what came. */
function expectTeaching({ name, speaksFor = [] }: Subject, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const who = [name, ...speaksFor].find((one) => message.startsWith(`${one}: `));
  const says =
    /must (be|have|hold|fit|name|not)|there (is|are) no|unknown option|contradicts|needs?\b|leaves no|is always|is an option of|takes|ha(s|ve) no|is no|asks for|says nothing|are both 0/;
  if (who === undefined || !says.test(message.slice(who.length))) {
    throw new Error(`an error that does not teach: ${message}`, { cause: error });
  }
}

/** Every number of a result is finite; collects its tensors. */
function expectFinite(value: unknown, infinite: boolean, place: string, tensors: Tensor[]): void {
  const check = (numbers: ArrayLike<number>) => {
    for (let i = 0; i < numbers.length; i++) {
      const number = Number(numbers[i]);
      if (Number.isNaN(number) || (!infinite && !Number.isFinite(number)))
        throw new Error(`${place}[${i}] is ${number}`);
    }
  };
  if (typeof value === "number") check([value]);
  else if (value instanceof Tensor) {
    tensors.push(value);
    check(value.dataSync());
  } else if (ArrayBuffer.isView(value)) check(value as unknown as ArrayLike<number>);
  else if (typeof value === "object" && value !== null) {
    // all tensors of a record are collected, also behind the first that is wrong
    const entries = Object.entries(value);
    const wrong = entries.map(([name, entry]) => {
      try {
        expectFinite(entry, infinite, `${place}.${name}`, tensors);
        return undefined;
      } catch (error) {
        return error;
      }
    });
    const first = wrong.find((error) => error !== undefined);
    if (first !== undefined) throw first;
  }
}

/** The gradient of the sum of everything that comes out. */
function differentiate({ call, gradientOf = 0 }: Subject, real: readonly unknown[]): void {
  const at = real[gradientOf] as Tensor;
  const slopes = tidy(() =>
    grad((x: Tensor) => {
      const result = call(...(real.map((value, place) => (place === gradientOf ? x : value)) as never[])) as object;
      return sum(result instanceof Tensor ? result : (result as { total: Tensor }).total);
    })(at),
  );
  const tensors: Tensor[] = [];
  try {
    expectFinite(slopes, false, "gradient", tensors);
    if (slopes.shape.join() !== at.shape.join()) throw new Error(`the gradient has the shape [${slopes.shape}]`);
  } finally {
    slopes.dispose();
  }
}

const contents = new WeakMap<Tensor, Plain>();

/** Arguments with their tensors made. */
function realise(value: unknown, made: Tensor[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => realise(entry, made));
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if ("tensor" in value && "dtype" in value) {
    const given = value as Plain;
    const one = tensor([...given.tensor], [...given.shape], given.dtype);
    contents.set(one, given);
    made.push(one);
    return one;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  const copy: Record<string, unknown> = Object.create(Object.prototype);
  for (const [name, entry] of Object.entries(value)) {
    Object.defineProperty(copy, name, {
      value: realise(entry, made),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}

/** What the caller gave is the caller's: it is there still, and as it was. */
function expectUntouched(made: readonly Tensor[]): void {
  for (const one of made) {
    if (one.isDisposed) throw new Error(`a tensor of the caller is disposed, ${one.dtype} [${one.shape}]`);
    const given = contents.get(one) as Plain;
    const now = one.dataSync();
    const changed = given.tensor.findIndex((value, i) => !Object.is(asStored(value, given.dtype), now[i] as number));
    if (changed >= 0) throw new Error(`a tensor of the caller is changed: ${given.tensor[changed]} to ${now[changed]}`);
  }
}

function asStored(value: number, dtype: Plain["dtype"]): number {
  return dtype === "float32" ? Math.fround(value) : value | 0;
}
