// Secrets of this machine. Flows in: references, and the environment as its owner hands it over. Flows out: secrets. Files must belong to their owner alone;
// programs are started without a shell, get no environment but a path, and answer within ten seconds.
import { execFile } from "node:child_process"
import { open } from "node:fs/promises"
import { createMask } from "./mask-values.ts"
import { parseReference, SecretMissing, type Secrets } from "./secrets.ts"

const longest = 64 << 10

export interface NodeSecretsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
}

export function nodeSecrets({ environment }: NodeSecretsOptions): Secrets {
  const { hide, mask } = createMask()
  return {
    hide,
    mask,
    async get(reference, signal) {
      const parsed = parseReference(reference)
      const value =
        parsed.kind === "env"
          ? environment[parsed.name]
          : parsed.kind === "file"
            ? await fromFile(parsed.path)
            : await fromProgram(parsed.program, parsed.words, environment["PATH"], signal)
      if (value === undefined || value === "")
        throw new SecretMissing(`There is nothing at ${shown(reference)}`)
      hide(value)
      for (const line of value.split("\n")) hide(line.trim())
      return value
    },
  }
}

/** Words of a program may be telling; its name is not. */
function shown(reference: string): string {
  return reference.startsWith("exec:") ? (reference.split(" ")[0] ?? "exec:") : reference
}

async function fromFile(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => {
    throw new SecretMissing(`file:${path} cannot be read`)
  })
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new SecretMissing(`file:${path} is no file`)
    if ((found.mode & 0o077) !== 0)
      throw new SecretMissing(`file:${path} can be read by others than its owner; it needs mode 0600`)
    if (found.size > longest) throw new SecretMissing(`file:${path} is longer than a secret may be`)
    return withoutLineEnd(await file.readFile("utf8"))
  } finally {
    await file.close()
  }
}

function fromProgram(
  program: string,
  words: readonly string[],
  path: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const options = {
    timeout: 10_000,
    maxBuffer: longest,
    shell: false,
    env: path === undefined ? {} : { PATH: path },
    ...(signal === undefined ? {} : { signal }),
  }
  return new Promise((resolve, reject) => {
    execFile(program, [...words], options, (error, out) => {
      // its output and its words stay out of the message
      if (error !== null)
        reject(new SecretMissing(`exec:${program} failed (${String(error.code ?? error.signal)})`))
      else resolve(withoutLineEnd(out))
    })
  })
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "")
}
