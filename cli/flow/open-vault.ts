// The section `encryption` of fmap.flows.json: which keys a ledger's payloads are encrypted with. Flows in: JSON; references of secrets, never a key. Flows out: the vault; or why there is none.
import type { Secrets } from "@fmap/runtime/connectors"
import { createVault, NotPossible, type Vault, type VaultKey } from "@fmap/runtime/flow"
import * as z from "zod/mini"
import { type Problem, problem, problemOf } from "../terminal/problem.ts"

export const encryptionSection = z.optional(
  z
    .strictObject({
      tenant: z._default(
        z.string().check(z.maxLength(200), z.describe("Whose the data is: each tenant has keys of its own.")),
        "",
      ),
      keys: z
        .array(
          z.strictObject({
            id: z
              .string()
              .check(
                z.regex(/^[A-Za-z0-9._-]{1,60}$/u, "write letters, digits, ., _ and -"),
                z.describe("Stands beside each text that the key encrypted; never given to another key."),
              ),
            key: z
              .string()
              .check(
                z.describe(
                  "Where the key is: env:NAME, file:/path or exec:/path. 32 bytes as Base64 or hexadecimal digits.",
                ),
              ),
          }),
        )
        .check(
          z.minLength(1),
          z.describe("The first encrypts what is written from now on; the others read what they encrypted."),
        ),
    })
    .check(
      z.describe(
        "Payloads, requests, answers and texts of exceptions are encrypted in the ledger (AES-256-GCM).",
      ),
    ),
)

export type Encryption = NonNullable<z.output<typeof encryptionSection>>

export type OpenedVault =
  | { readonly kind: "vault"; readonly vault: Vault | undefined }
  | { readonly kind: "problem"; readonly problem: Problem }

/** Without the first key nothing is opened: it would be written in plain. A key for older texts that is missing is told, and stops no more than what it encrypted. */
export async function openVault(
  encryption: Encryption | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  told: (sentence: string) => void,
): Promise<OpenedVault> {
  if (encryption === undefined) return { kind: "vault", vault: undefined }
  const { nodeSecrets, SecretMissing } = await import("@fmap/runtime/connectors")
  const secrets: Pick<Secrets, "get"> = nodeSecrets({ environment })
  const keys: VaultKey[] = []
  for (const [index, { id, key }] of encryption.keys.entries()) {
    try {
      const secret = bytesOf(await secrets.get(key))
      if (secret === undefined)
        return {
          kind: "problem",
          problem: problem("FM8411", `Key ${id} is no 32 bytes as Base64 or hexadecimal digits.`),
        }
      keys.push({ id, secret })
    } catch (error) {
      if (!(error instanceof SecretMissing)) throw error
      const sentence = `Key ${id} of "encryption": ${error.message.replace(/\.$/u, "")}.`
      if (index === 0) return { kind: "problem", problem: problem("FM8411", sentence) }
      told(`${sentence} What it encrypted cannot be read.`)
    }
  }
  try {
    return { kind: "vault", vault: createVault(encryption.tenant, keys) }
  } catch (error) {
    if (error instanceof NotPossible) return { kind: "problem", problem: problemOf(error) }
    throw error
  }
}

function bytesOf(text: string): Uint8Array | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/iu.test(trimmed)) return Buffer.from(trimmed, "hex")
  return /^[A-Za-z0-9+/_-]{43}=?$/u.test(trimmed) ? Buffer.from(trimmed, "base64") : undefined
}
