// Packages that are the user's own, beside fmap. Flows in: what loads one. Flows out: it, or a plain sentence where it is not there.
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { type Problem, problem } from "../terminal/problem.ts"

export type Peer<T> =
  | { readonly kind: "peer"; readonly peer: T }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function peer<T>(section: string, packages: string, load: () => Promise<T>): Promise<Peer<T>> {
  try {
    return { kind: "peer", peer: await load() }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error
    const here = dirname(fileURLToPath(import.meta.url))
    return {
      kind: "problems",
      problems: [problem("FM8410", `"${section}" needs ${packages} beside fmap (${here}).`)],
    }
  }
}
