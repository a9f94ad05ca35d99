// `fmap flow graph`: what an architect signs, in text, as a picture and as data. Each tells of the condition, the list, the retries, the time, the limit, what a lost answer becomes and what takes an effect back.
import { expect, test } from "vitest"
import { flowGraph } from "../../../cli/verbs/flow-graph.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

const main = `system Wms { kind wms  platform netsuite }
contract Batch version 1.0.0 { id: text(10), boxes: Part[], count: int(0..9999), note: text(20) }
record Part { id: text(10) }
contract Box of Wms version 1.0.0 { id: text(10) key }
map ToBox version 1.0.0 from part: Part to box: Box { id = part.id }
map Undo version 1.0.0 from part: Part to box: Box { id = part.id }

flow Pack version 1.0.0
  on manual batch: Batch
{
  when batch.count > 10 and batch.note != "<b>" {
    for each part in batch.boxes {
      send ToBox(part) to Wms.Box create retry 3 times backoff 1s to 1min timeout 30s limit 5 per second in doubt hold TWICE
        compensate with Undo(part)
    }
  }
  on hold   queue "wms"
  on reject queue "wms"
  on failure queue "wms"
  slo packed 99% within 15min
}
`

async function graph(format: "text" | "mermaid" | "json"): Promise<string> {
  const terminal = fakeTerminal(folderWith({ "fmap.json": "{}", "main.fmap": main }))
  expect(await flowGraph("Pack", { format }, terminal)).toBe(0)
  return terminal.written.out
}

const notes = [
  "retry 3 times, waiting 1s to 1min",
  "timeout 30s",
  "limit 5 in 1s",
  "answer lost: hold TWICE",
  "taken back with Undo(part)",
]

test("in text", async () => {
  expect(await graph("text")).toBe(`Pack 1.0.0
starts: by hand, with a Batch

  send1: create Wms.Box by id of ToBox(part)
      only where batch.count > 10 and batch.note != "<b>"
      only where each part in batch.boxes
${notes.map(note => `      ${note}\n`).join("")}
  on hold: queue wms; its lane waits
  on reject: queue wms; its lane waits
  on failure: queue wms; its lane waits

  slo packed: 99% within 15min
`)
})

test("as a picture, in which what authors wrote stays a label", async () => {
  expect(await graph("mermaid")).toBe(`flowchart TD
  on["by hand, with a Batch"]
  s0["${[
    "send1: create Wms.Box by id of ToBox(part)",
    "only where batch.count > 10 and batch.note != &quot;&lt;b>&quot;",
    "only where each part in batch.boxes",
    ...notes,
  ].join("<br>")}"]
  on --> s0
`)
})

test("as data: what runs, and beside it what people read", async () => {
  const data = JSON.parse(await graph("json"))
  expect(data).toMatchObject({ name: "Pack", steps: [{ name: "send1", effect: { timeoutMs: 30_000 } }] })
  expect(data.report.steps).toEqual([
    {
      step: "send1",
      does: "create Wms.Box by id of ToBox(part)",
      rules: notes,
      after: [],
      only: ['batch.count > 10 and batch.note != "<b>"', "each part in batch.boxes"],
      at: "main.fmap:13:7",
    },
  ])
  expect(data.report.objectives).toEqual([{ name: "packed", promise: "99% within 15min" }])
})
