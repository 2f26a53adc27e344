/** Something that the person at the keyboard can put right: printed as it is, without a stack. */
export class DemoError extends Error {
  override name = "DemoError";
}

/** What the operating system said, in a few words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const words: Record<string, string> = {
    ENOENT: "it does not exist",
    EACCES: "no permission",
    EPERM: "no permission",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    ENOTDIR: "a part of the path is a file, not a folder",
    EEXIST: "a file of this name is in the way",
    EISDIR: "it is a folder",
  };
  return (code && words[code]) ?? (error instanceof Error ? error.message : String(error));
}
