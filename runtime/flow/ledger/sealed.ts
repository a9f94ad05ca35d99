// Values that are kept encrypted where a ledger has keys. Flows in: a text and the row it belongs to. Flows out: a value of a statement that a vault seals on its way to the store; and words for what cannot be read. It
// knows no key.
import { BusinessException } from "../port/failures.ts"

/** `row`: columns, and what they hold, that tell the row apart: the text is bound to them. A look at it has to ask for them, too. */
export interface Sealed {
  readonly kind: "sealed"
  readonly column: string
  readonly row: Readonly<Record<string, string>>
  readonly text: string
}

export function sealed(column: string, row: Sealed["row"], text: string): Sealed
export function sealed(column: string, row: Sealed["row"], text: string | null): Sealed | null
export function sealed(column: string, row: Sealed["row"], text: string | null): Sealed | null {
  return text === null ? null : { kind: "sealed", column, row, text }
}

/** What a sealed text begins with; no JSON and no hash does. */
export const sealedMark = "sealed:1:"
/** In its place where it is not what was sealed for this row. */
export const brokenMark = "sealed:broken:"

/** A person has to bring the key back; then `retry`. */
export const keyMissing = "KEY_MISSING"
/** Somebody changed the ledger. */
export const notAuthentic = "NOT_AUTHENTIC"

/** A sentence; undefined: it can be read. */
export function unreadable(text: string): { readonly code: string; readonly why: string } | undefined {
  if (text.startsWith(brokenMark))
    return {
      code: notAuthentic,
      why: `What stands here was not sealed for it with the key ${keyIn(text, brokenMark)}: somebody changed the ledger`,
    }
  if (!text.startsWith(sealedMark)) return undefined
  return { code: keyMissing, why: `The key ${keyIn(text, sealedMark)} that sealed this is not here` }
}

function keyIn(text: string, mark: string): string {
  return JSON.stringify(text.slice(mark.length).split(":")[0]?.slice(0, 60) ?? "")
}

/** Throws KEY_MISSING or NOT_AUTHENTIC, which stop the event and nothing else. */
export function refuseUnreadable(text: string): void {
  const told = unreadable(text)
  if (told !== undefined) throw new BusinessException(told.code, told.why)
}

/** For lists and pages: JSON in place of what cannot be read. */
export function shownText(text: string): string {
  const told = unreadable(text)
  return told === undefined ? text : JSON.stringify({ [told.code]: told.why })
}

/** The same for a sentence. */
export function shownWords(text: string): string {
  return unreadable(text)?.why ?? text
}
