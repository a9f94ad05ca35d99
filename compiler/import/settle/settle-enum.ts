// Values of an enum as the language takes them. Flows in: values of a source. Flows out: each once.
import type { ImportedMember, ImportNote } from "../model.ts"

export type TakeNote = (kind: ImportNote["kind"], at: string, message: string) => void

export function settleMembers(
  members: readonly ImportedMember[],
  at: string,
  note: TakeNote,
): readonly ImportedMember[] {
  const found = new Map<string, ImportedMember>()
  for (const member of members) {
    if (/\p{Cs}/u.test(member.value))
      note("dropped", at, "A value holds half a character; nobody can spell it.")
    else if (!found.has(member.value)) found.set(member.value, member)
  }
  return [...found.values()]
}
