import type { MadeParts } from "./made.ts";

/** What can be made of the repository under `root`; the libraries behind a part load when a page asks for it. */
export function partsOf(root: string): MadeParts {
  const peer = (library: string) => async () => (await import("./peers.ts")).peerNumbers(library);
  return {
    backends: async () => (await import("./backends.ts")).backends(),
    changes: async () => (await import("./changes.ts")).changes(root),
    monai: peer("monai"),
    nnunet: peer("nnunet"),
    segloss: peer("segloss"),
    smp: peer("smp"),
    gallery: async () => (await import("./gallery.ts")).gallery(),
  };
}
