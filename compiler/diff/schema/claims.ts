// Claims about every payload ("all that is valid here is valid there"), each proved at most once. Flows in: the name of a claim and how to
// prove it. Flows out: true where it is proved; false where it is not, which says nothing about its opposite. A claim that needs itself
// holds when a payload that speaks against it would have to hold a smaller one inside: recursive schemas are compared that way.

export interface Claims {
  readonly prove: (name: string, proof: () => boolean) => boolean
  /** A proof about what lies inside the payload: members, items, names. */
  readonly inside: (proof: () => boolean) => boolean
  /** Work beside the claims themselves, counted in claims. */
  readonly spend: (work: number) => void
  /** Starts counting the work anew; true while there is some left altogether. */
  readonly begin: () => boolean
  /** Work ran out since it began. */
  readonly gaveUp: () => boolean
}

export interface Effort {
  /** Claims looked at for one question. */
  readonly perQuestion: number
  readonly altogether: number
}

export const usualEffort: Effort = { perQuestion: 6_000, altogether: 60_000 }

/** Claims within claims; each takes some frames of the stack. */
const deepest = 220

/** What a claim was proved from while that was still open: the outermost and the innermost of them, and how deep inside the payload. */
interface Lean {
  readonly outer: number
  readonly inner: number
  readonly level: number
}

interface Open {
  readonly name: string
  readonly level: number
  lean: Lean | null
}

export function createClaims(effort: Effort = usualEffort): Claims {
  const settled = new Map<string, boolean>()
  const open: Open[] = []
  const opened = new Map<string, number>()
  /** Proved while leaning on open claims; they fall with them. */
  const leaning = new Map<string, Lean>()
  let level = 0
  let left = effort.perQuestion
  let altogether = effort.altogether
  let gaveUp = false

  const leanOn = (lean: Lean): void => {
    const top = open.at(-1)
    if (top === undefined) return
    top.lean =
      top.lean === null
        ? lean
        : {
            outer: Math.min(top.lean.outer, lean.outer),
            inner: Math.max(top.lean.inner, lean.inner),
            level: Math.max(top.lean.level, lean.level),
          }
  }
  const close = (index: number, isProved: boolean): boolean => {
    const closed = open.pop()
    if (closed === undefined) return isProved
    opened.delete(closed.name)
    const { lean } = closed
    if (isProved && lean !== null && lean.outer < index) {
      leaning.set(closed.name, lean)
      leanOn(lean)
      return true
    }
    for (const [name, on] of leaning) {
      if (isProved ? on.outer < index : on.inner < index) continue
      leaning.delete(name)
      if (isProved) settled.set(name, true)
    }
    settled.set(closed.name, isProved)
    return isProved
  }
  return {
    prove: (name, proof) => {
      const known = settled.get(name)
      if (known !== undefined) return known
      const on = leaning.get(name)
      if (on !== undefined && on.level < level) {
        leanOn(on)
        return true
      }
      const index = opened.get(name)
      if (index !== undefined) {
        const from = open[index]?.level ?? level
        if (from >= level) return false
        leanOn({ outer: index, inner: index, level: from })
        return true
      }
      if (left <= 0 || altogether <= 0 || open.length >= deepest) {
        gaveUp = true
        return false
      }
      left--
      altogether--
      open.push({ name, level, lean: null })
      opened.set(name, open.length - 1)
      return close(open.length - 1, proof())
    },
    inside: proof => {
      level++
      const isProved = proof()
      level--
      return isProved
    },
    spend: work => {
      left -= work
      altogether -= work
    },
    begin: () => {
      left = effort.perQuestion
      gaveUp = false
      return altogether > 0
    },
    gaveUp: () => gaveUp,
  }
}
