// Version numbers. Flows in: three-part versions as the language takes them, and what a change deserves. Flows out: which comes first,
// what a step from one to another promises, and which number is enough. Below 1.0.0 every part plays the one above it: a minor step
// may break, a patch step may add.
import type { Bump } from "../diff/finding.ts"

const ranks: Readonly<Record<Bump, number>> = { none: 0, patch: 1, minor: 2, major: 3 }

export function highestBump(bumps: readonly Bump[]): Bump {
  return bumps.reduce<Bump>((high, bump) => (ranks[bump] > ranks[high] ? bump : high), "none")
}

export function atLeast(bump: Bump, wanted: Bump): boolean {
  return ranks[bump] >= ranks[wanted]
}

interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
}

export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+$/u.test(text)
}

/** Of versions: what is none is a bug of the caller. */
function parse(text: string): Version {
  if (!isVersion(text)) throw new Error(`${JSON.stringify(text)} is no version`)
  const [major = 0n, minor = 0n, patch = 0n] = text.split(".").map(BigInt)
  return { major, minor, patch }
}

export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [parse(a), parse(b)]
  for (const part of ["major", "minor", "patch"] as const) {
    if (left[part] < right[part]) return -1
    if (left[part] > right[part]) return 1
  }
  return 0
}

/** Versions that promise to fit one another: of one major number; below 1.0.0, of one minor number. */
export function sameLine(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)]
  return left.major === right.major && (left.major !== 0n || left.minor === right.minor)
}

/** What the step says to whoever reads only numbers; `none` where the version stands still or goes down. */
export function promised(from: string, to: string): Bump {
  if (compareVersions(to, from) <= 0) return "none"
  const [left, right] = [parse(from), parse(to)]
  if (right.major > left.major) return "major"
  const young = left.major === 0n
  if (right.minor > left.minor) return young ? "major" : "minor"
  return young ? "minor" : "patch"
}

/** The lowest version that promises so much. */
export function nextVersion(from: string, bump: Bump): string {
  const { major, minor, patch } = parse(from)
  if (bump === "none") return from
  if (major === 0n) return bump === "major" ? `0.${minor + 1n}.0` : `0.${minor}.${patch + 1n}`
  if (bump === "major") return `${major + 1n}.0.0`
  return bump === "minor" ? `${major}.${minor + 1n}.0` : `${major}.${minor}.${patch + 1n}`
}
