// The keys that tokens are judged by. Flows in: what the configuration says of them. Flows out: where they are; undefined: it says nothing. Throws NotPossible for both kinds at once, and for what is not there.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { NotPossible, type World } from "@fmap/runtime/flow"
import type { TokenKeys } from "@fmap/runtime/http"
import type { HttpConfig } from "./http-config.ts"

export function keysOf(
  { tokens: { keys, secrets: references } }: HttpConfig,
  secrets: (TokenKeys & { kind: "secret" })["secrets"],
  folder: string,
): TokenKeys | undefined {
  if (keys !== undefined && references !== undefined)
    throw new NotPossible("FM8505", '"http.tokens" needs either keys or secrets, and has both')
  if (references !== undefined) return { kind: "secret", secrets, references }
  if (keys === undefined) return undefined
  if (/^https?:\/\//u.test(keys)) return { kind: "address", url: keys }
  const file = resolve(folder, keys)
  const load = async () => JSON.parse(readFileSync(file, "utf8")) as unknown
  return { kind: "keys", load }
}

/** A token that is none makes files and secrets be read: what is missing is told now, not to the first who comes. */
export async function keysAreThere(keys: TokenKeys, world: World): Promise<void> {
  const { tokenVerifier } = await import("@fmap/runtime/http")
  try {
    await tokenVerifier({ issuer: "-", audience: "-", keys }, world)("a.b.c")
  } catch (error) {
    throw new NotPossible(
      "FM8505",
      `Tokens cannot be judged: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
