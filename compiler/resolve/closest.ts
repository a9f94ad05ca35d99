// "Did you mean" for declarations. Flows in: a misspelt name and those there are. Flows out: the close one, or null.
import { suggest } from "@fmap/grammar"

/** As `suggest`; a name of one or two letters is close only to itself in another case: every other short name would be. */
export function closest(name: string, candidates: Iterable<string>): string | null {
  const near = suggest(name, candidates)
  if (near === undefined || (name.length < 3 && near.toLowerCase() !== name.toLowerCase())) return null
  return near
}
