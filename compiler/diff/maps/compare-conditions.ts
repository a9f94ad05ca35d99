// The same question about something that is made differently. Flows in: two conditions. Flows out: what changed in what they ask about, where nothing else did; then the condition itself is no news.
import { compareForms } from "./compare-forms.ts"
import { apart, type Change, type Comparing } from "./comparing.ts"
import { mirrored, operatorOf } from "./conditions.ts"
import type { Form } from "./form.ts"

/** Rules that say by themselves what is another value; another source or constant in a condition is another condition. */
const says: ReadonlySet<string> = new Set([
  "M004",
  "M005",
  "M006",
  "M007",
  "M008",
  "M010",
  "M011",
  "M012",
  "M013",
  "M014",
  "M022",
  "M023",
  "M024",
  "M025",
  "M027",
])

/** Null: it is another question. */
export function changesAskedAbout(old: Form, now: Form, comparing: Comparing): readonly Change[] | null {
  const found: Change[] = []
  const inside: Comparing = { ...comparing, report: change => void found.push(change) }
  if (!isSameQuestion(old, now, inside) || found.length === 0) return null
  return found.every(({ rule }) => says.has(rule)) ? found : null
}

function isSameQuestion(old: Form, current: Form, inside: Comparing): boolean {
  if (old.id === current.id) return true
  const now = turnedLike(old, current)
  if (old.op !== now.op || old.detail.join("\n") !== now.detail.join("\n")) return false
  switch (old.op) {
    case "and":
    case "or": {
      const { old: gone, new: come } = apart(old.parts, now.parts)
      return (
        gone.length === come.length &&
        gone.every((part, i) => {
          const other = come[i]
          return other !== undefined && isSameQuestion(part, other, inside)
        })
      )
    }
    case "not":
    case "compare":
    case "present":
    case "control":
      return (
        old.parts.length === now.parts.length &&
        old.parts.every((part, i) => {
          const other = now.parts[i]
          if (other === undefined || part.id === other.id) return other !== undefined
          if (isCondition(part)) return isSameQuestion(part, other, inside)
          // With another limit it is another question.
          if (part.op === "literal" || other.op === "literal") return false
          compareForms(part, other, inside)
          return true
        })
      )
    default:
      compareForms(old, now, inside)
      return true
  }
}

/** Which side of a comparison stands left says nothing: the sides that are equal stand for one another. */
function turnedLike(old: Form, now: Form): Form {
  const [left, right] = old.parts
  const [other, another] = now.parts
  const isTurned =
    old.op === "compare" && now.op === "compare" && (left?.id === another?.id || right?.id === other?.id)
  return isTurned ? { ...now, detail: [mirrored[operatorOf(now)]], parts: now.parts.toReversed() } : now
}

function isCondition({ op }: Form): boolean {
  return op === "and" || op === "or" || op === "not" || op === "compare" || op === "present"
}
