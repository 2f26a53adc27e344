import { fusedOn, unregisterFused } from "./registry.ts";

/** A graphics processor could not run a program. */
export class ProgramRefused extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const refusing = new Set<string>();

/** Whether a graphics processor has refused a program. */
export function hasRefused(backendName: string): boolean {
  return refusing.has(backendName);
}

/** Asks a graphics processor again. For tests. */
export function askAgain(backendName: string): void {
  refusing.delete(backendName);
}

/** Takes the fused kernels of a graphics processor back, so that the portable ones run from now on, and warns once. */
export function withdraw(backendName: string, reason: string): void {
  if (hasRefused(backendName)) return;
  refusing.add(backendName);
  for (const name of fusedOn(backendName)) unregisterFused(backendName, name);
  console.warn(
    `Lossary: ${backendName} refused a fused kernel (${reason}); portable kernels run in its place, more slowly.`,
  );
}
