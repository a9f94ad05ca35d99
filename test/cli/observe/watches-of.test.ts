// What is watched where nobody says anything else: what flows say of themselves. Flows in: specs as the compiler writes them. Flows out: watches.
import { expect, test } from "vitest"
import { flowsIn } from "../../../cli/flow/plan-flows.ts"
import { longestGap } from "../../../cli/observe/longest-gap.ts"
import { usualSettings, watchesOf } from "../../../cli/observe/watches-of.ts"
import { analyseProject } from "../../../cli/project/analyse-project.ts"
import { openProject } from "../../../cli/project/open-project.ts"
import { folderWith } from "../folder.ts"

const hour = 3_600_000
const flow = (name: string, when: string, more = "") => `
map Map${name} version 1.0.0 from row: Row to out: Out { id = row.id }
flow ${name} version 1.0.0
  ${when}
{
  rows = read Erp.Row where id == "1"
  for each row in rows {
    send Map${name}(row) to Erp.Out upsert
  }
  on reject queue "desk"
  on failure queue "${name.toLowerCase()}"
  ${more}
}`
const source = `
system Erp { kind erp  platform netsuite }
contract Row of Erp version 1.0.0 reads { id: text(18)  key }
contract Out of Erp version 1.0.0 writes { id: text(18)  key }
${flow("Nightly", 'every day at 02:00 in "Europe/Berlin"', "slo loaded 99% within 2h")}
${flow("Weekdays", 'every cron "0 2 * * 1-5" in "America/New_York"')}
${flow("Often", 'every 15min in "UTC"')}
`

function specsOf(text: string) {
  const opening = openProject(folderWith({ "main.fmap": text, "fmap.json": "{}" }), undefined, [])
  if (opening.kind === "problems") throw new Error(opening.problems.join(" "))
  const { plan, diagnostics } = analyseProject(opening.opened)
  if (plan === null) throw new Error(JSON.stringify(diagnostics))
  return flowsIn(plan)
}

test("objectives, what waits, runs of schedules by their longest rest, queues, dead letters and systems", () => {
  const specs = specsOf(source)
  const now = Date.parse("2026-10-20T00:00:00Z")
  const found = watchesOf(specs, usualSettings, spec => longestGap(spec, now))
  expect(found).toEqual({
    kind: "watches",
    watches: [
      { kind: "share", name: "Nightly loaded", flow: "Nightly", share: "99", withinMs: 2 * hour },
      { kind: "pending", name: "Nightly waiting", flow: "Nightly", withinMs: 2 * hour },
      // the clock is set back once: 25 hours, and an hour for the run
      { kind: "fresh", name: "Nightly runs", flow: "Nightly", withinMs: 26 * hour },
      // from Friday to Monday; the clock is set back in between
      { kind: "fresh", name: "Weekdays runs", flow: "Weekdays", withinMs: 74 * hour },
      { kind: "fresh", name: "Often runs", flow: "Often", withinMs: hour / 2 },
      { kind: "exceptions", name: "queue desk", queue: "desk", withinMs: 0 },
      { kind: "exceptions", name: "queue nightly", queue: "nightly", withinMs: 0 },
      { kind: "exceptions", name: "queue often", queue: "often", withinMs: 0 },
      { kind: "exceptions", name: "queue weekdays", queue: "weekdays", withinMs: 0 },
      { kind: "exceptions", name: "in no queue", queue: null, withinMs: 0 },
      { kind: "targets", name: "systems", failures: 5 },
    ],
  })
})

test("an entry takes the place of the default of its name, and defaults can be left out", () => {
  const specs = specsOf(source)
  const own = { kind: "fresh", name: "Often runs", flow: "Often", within: "3h" } as const
  const gap = () => hour
  const names = (found: ReturnType<typeof watchesOf>) =>
    found.kind === "watches" ? found.watches.map(({ name }) => name) : found.problems
  const settings = { ...usualSettings, watches: [own] }
  expect(names(watchesOf(specs, settings, gap)).filter(name => name === "Often runs")).toHaveLength(1)
  expect(watchesOf(specs, { ...settings, defaults: false }, gap)).toEqual({
    kind: "watches",
    watches: [{ kind: "fresh", name: "Often runs", flow: "Often", withinMs: 3 * hour }],
  })
  expect(names(watchesOf(specs, { ...settings, watches: [own, own] }, gap))).toEqual([
    { code: "FM8507", message: '"watch.watches.1.name": two watches are called "Often runs".' },
  ])
})
