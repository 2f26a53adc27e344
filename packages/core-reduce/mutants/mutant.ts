/** What runs a kernel; `gpu` is the program that WebGL and WebGPU share. */
export type Form = "gpu" | "loops" | "portable" | "simd";

/** One thing that is made wrong. */
export interface Mutant {
  /** The kernel that is wrong then, as tfjs knows it without `Lossary`. */
  readonly kernel: string;
  readonly form: Form;
  /** Below the package. */
  readonly file: string;
  /** Stands in the file once. */
  readonly search: string;
  readonly replace: string;
  readonly test: TestPlace;
}

/** Where a kernel is tested. */
export interface TestPlace {
  readonly file: string;
  /** What the full names of its tests on a backend begin with. */
  readonly named: (form: Form, backend: string) => string;
}

/** A check of the conformance suite. */
export function conformance(check: string): TestPlace {
  return {
    file: "fused-conformance",
    named: (form, backend) => `fused kernels on ${backend} ${form === "gpu" ? backend : form} ${check}`,
  };
}

/** A suite that runs fused and portable. */
export function ofFile(file: string, named: (fused: boolean, backend: string) => string): TestPlace {
  return { file, named: (form, backend) => named(form !== "portable", backend) };
}

/** A suite that runs each form apart. */
export function ofForm(file: string, suite: string): TestPlace {
  return {
    file,
    named: (form, backend) => `${suite} on ${backend} ${form === "loops" || form === "portable" ? form : "fused"}`,
  };
}

/** A mutant of each form of a kernel. */
export function mutantsOf(
  kernel: string,
  test: TestPlace,
  forms: Readonly<Partial<Record<Form, readonly [file: string, search: string, replace: string]>>>,
): Mutant[] {
  return Object.entries(forms).map(([form, [file, search, replace]]) => ({
    kernel,
    form: form as Form,
    file,
    search,
    replace,
    test,
  }));
}
