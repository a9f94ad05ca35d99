// By what targets call what was written for other events. Flows in: events. Flows out: the values of their payloads by which something is called that another event wrote.
import { partsOfKeys } from "./key-parts.ts"
import { type KeyQuestion, type Likes, lastPlace, likesOf, placeIn, shortest } from "./key-question.ts"
import { isFigureOrTime, jsonOf, memberOf, scalarsIn, scalarText } from "./key-words.ts"
import { type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"
import type { TracedEvent } from "./trace.ts"

/** Values of one payload that are asked for. */
const mostValues = 40

/** Values of their payloads by which targets of other events call what those wrote: each with the flow that names it. */
export async function madeElsewhere(
  question: KeyQuestion,
  events: readonly TracedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const { ledger, sight } = question
  const naming = new Map<string, TracedEvent[]>()
  for (const event of events) {
    const values = new Set(
      scalarsIn(sight.payload(event, event.payload)).filter(
        value => value.length >= shortest && !isFigureOrTime(value),
      ),
    )
    for (const value of [...values].slice(0, mostValues))
      naming.set(value, [...(naming.get(value) ?? []), event])
  }
  const found = new Map<string, string>()
  const parts = naming.size === 0 ? [] : partsOfKeys(await ledger.run(lastPlace))
  // Of many values all that was answered is looked at once.
  const likes: readonly Likes[] = naming.size > mostValues ? [["%", "%", "%", "%"]] : likesOf(naming.keys())
  for (const one of likes)
    for (const [from, to] of parts)
      for (const row of await ledger.run(() => answeredOnes(one, from, to)))
        for (const { value, flow } of calledIn(question, naming, row))
          if (!found.has(value) && !(await ledger.run(() => onlyMadeSure(textOf(row, "key")))))
            found.set(value, flow)
  return found
}

/** The values by which the target of an effect calls what it wrote, each with the flow of an event that names it. */
function calledIn(
  { names, sight }: KeyQuestion,
  naming: ReadonlyMap<string, readonly TracedEvent[]>,
  row: Row,
): readonly { readonly value: string; readonly flow: string }[] {
  const at = { ...placeIn(row), name: textOf(row, "name") }
  const answers = names.answers(at.flow, at.name)
  if (answers.length === 0) return []
  const answer = memberOf(sight.receipt(at, jsonOf(row, "receipt")), "answer")
  return answers.flatMap(name => {
    const value = scalarText(memberOf(answer, name))
    const other = value === undefined ? undefined : naming.get(value)?.find(({ id }) => id !== row["event"])
    return value === undefined || other === undefined ? [] : [{ value, flow: other.flow }]
  })
}

/** Those with one of the values, and those that no query can look into. */
function* answeredOnes([a, b, c, d]: Likes, from: string, to: string): Operation<readonly Row[]> {
  return yield sql`SELECT e.key AS key, e.event AS event, e.name AS name, e.receipt AS receipt, i.flow AS flow, i.flow_version AS flow_version
    FROM effect e JOIN inbox i ON i.id = e.event WHERE e.key >= ${from} AND e.key < ${to}
    AND (e.receipt LIKE ${a} ESCAPE '!' OR e.receipt LIKE ${b} ESCAPE '!' OR e.receipt LIKE ${c} ESCAPE '!' OR e.receipt LIKE ${d} ESCAPE '!'
      OR e.receipt LIKE 'sealed:%')
    ORDER BY e.key`
}

function* onlyMadeSure(key: string): Operation<boolean> {
  const [row] = yield sql`SELECT event, name, request FROM effect WHERE key = ${key}`
  return row !== undefined && memberOf(jsonOf(row, "request"), "verb") === "ensure"
}
