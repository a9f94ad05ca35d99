// The port of secrets. Flows in: references (`env:NAME`, `file:/path`, `exec:/path words`), never a secret. Flows out: secrets, and texts without them.
// Configuration, ledgers and logs hold references only.

export interface Secrets {
  /** Anew at every call, so that a rotated secret is found. Throws SecretMissing. */
  get(reference: SecretReference, signal?: AbortSignal): Promise<string>
  /** Something that is as good as a secret: a token. */
  hide(value: string): void
  /** The text with every secret that was given or hidden written as `•••`. */
  mask(text: string): string
}

/** `env:NAME`, `file:/absolute/path` or `exec:/absolute/program word word`. */
export type SecretReference = string

/** It says which reference, never what it leads to. */
export class SecretMissing extends Error {
  override readonly name = "SecretMissing"
}

export type ParsedReference =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "exec"; readonly program: string; readonly words: readonly string[] }

/** Throws SecretMissing for what is no reference: somebody may have written the secret itself, so the text is not repeated. */
export function parseReference(reference: SecretReference): ParsedReference {
  const name = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(reference)?.[1]
  if (name !== undefined) return { kind: "env", name }
  const path = /^file:(\/[^\0]+)$/.exec(reference)?.[1]
  if (path !== undefined) return { kind: "file", path }
  const command = /^exec:(\/[^\0]+)$/.exec(reference)?.[1]
  const [program, ...words] = command?.split(/ +/) ?? []
  if (program !== undefined) return { kind: "exec", program, words }
  throw new SecretMissing(
    "A secret is named by env:NAME, file:/absolute/path or exec:/absolute/program; what stands there is none of them",
  )
}
