// A list of texts, if it has as many as wanted. Pure; see spec.ts for the promise.

export function parts(texts: readonly string[], least: bigint, most: bigint): readonly string[] | undefined {
  return texts.length >= least && texts.length <= most ? texts : undefined
}
