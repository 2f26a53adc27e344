/** What one check found wrong. An empty list is a pass. */
export type Problems = readonly string[];

/** A check reads the tree under `root` and says what is wrong with it, one line for each problem. */
export type Check = (root: string) => Problems | Promise<Problems>;

/** The problems found, plus one when the check looked at nothing: a check that can match nothing proves nothing. */
export function verdict(subject: string, looked: number, problems: Problems): Problems {
  return looked > 0 ? problems : [...problems, `looked at no ${subject}: this check proves nothing`];
}
