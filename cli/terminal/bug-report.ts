// What is said when fmap itself fails. Flows in: what was thrown. Flows out: a few lines a person can act on; the stack only for
// those who asked for it with FMAP_DEBUG.
import { version } from "../version.ts"

export function bugReport(
  error: unknown,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const debug = environment.FMAP_DEBUG !== undefined && environment.FMAP_DEBUG !== ""
  const message = error instanceof Error ? error.message : String(error)
  const stack = debug && error instanceof Error ? `${error.stack ?? ""}\n` : ""
  return (
    `This is a bug in fmap, not in your files: ${message}\n${stack}` +
    `fmap ${version}, Node ${process.versions.node}, ${process.platform}; command: fmap ${words.join(" ")}\n` +
    (debug
      ? "Please report it with the lines above.\n"
      : "Please report it; FMAP_DEBUG=1 shows where it happened.\n")
  )
}
