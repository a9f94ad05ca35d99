// What `ensure` asks of a platform: one look and one create where nothing is there, one look where it is; and another look where time has gone by since. Counted at the simulated platform.
import { expect, test } from "vitest"
import type { Connector } from "../../../runtime/connectors/port/connector.ts"
import { createSalesforce } from "../../../runtime/connectors/salesforce/salesforce.ts"
import type { FlowSpec } from "../../../runtime/flow/program/flow-spec.ts"
import { makeFlow } from "../../../runtime/flow/program/make-flow.ts"
import type { FaultKind } from "../../../runtime/simulators/kernel/faults.ts"
import { simulatedSalesforce } from "../../../runtime/simulators/salesforce/salesforce-platform.ts"
import { engineWith } from "../flow/engine-on-disk.ts"
import { handMaps } from "../flow/program/hand-maps.ts"
import { rules } from "../flow/program/quote-to-order.ts"
import { type Stage, stageOf } from "./harness.ts"

const spec: FlowSpec = {
  name: "Align",
  version: "1.0.0",
  owner: null,
  trigger: { kind: "manual", binder: "customer", contract: "Customer" },
  when: null,
  lane: null,
  steps: [
    {
      kind: "send",
      name: "account",
      binder: "account",
      needs: [],
      conditions: [],
      each: null,
      what: { binder: "customer" },
      to: { system: "Salesforce", contract: "Customer", version: "1.0.0", object: "Account" },
      verb: "ensure",
      key: "ExternalId__c",
      effect: rules,
      compensate: null,
      links: [],
    },
  ],
  routes: [],
  slos: [],
}

const connect = (stage: Stage): Connector =>
  createSalesforce(
    {
      system: "Salesforce",
      baseUrl: stage.url,
      reach: "loopback",
      apiVersion: "v62.0",
      auth: { kind: "client-credentials", clientId: "env:CLIENT_ID", clientSecret: "env:CLIENT_SECRET" },
      totalMs: 2_000,
    },
    stage,
  )

/** What was asked of the object, with the fault it met. */
async function asked(
  faults: readonly (FaultKind | undefined)[],
  isThere = false,
): Promise<readonly string[]> {
  const platform = simulatedSalesforce()
  if (isThere) platform.load({ records: { Account: [{ Name: "Acme", ExternalId__c: "C-1" }] } })
  let count = 0
  const stage = await stageOf(platform, {
    faults: (_, { path }) => (path.includes("/sobjects/") ? faults[count++] : undefined),
  })
  const salesforce = connect(stage)
  const { engine, ended, settled, rows } = engineWith(({ world }) => [
    makeFlow({
      spec,
      ...handMaps({}),
      world,
      connectors: new Map([["Salesforce", salesforce]]),
      facts: () => ({ key: "ExternalId__c", fields: null }),
    }),
  ])
  await ended(
    engine.append([
      { flow: "Align", source: "test", id: "1", payload: { ExternalId__c: "C-1", Name: "Acme" } },
    ]),
  )
  await settled()
  expect(rows("SELECT state FROM inbox").map(row => row["state"])).toEqual(["done"])
  const { records } = platform.dump() as { records: { Account: object[] } }
  expect(records.Account).toHaveLength(1)
  await salesforce.close()
  return stage.seen.flatMap(({ request: { method, path }, fault }) =>
    path.includes("/sobjects/") ? [`${method}${fault === undefined ? "" : ` ${fault}`}`] : [],
  )
}

const cases: readonly [string, readonly (FaultKind | undefined)[], readonly string[], true?][] = [
  ["nothing is there", [], ["GET", "POST"]],
  ["it is there", [], ["GET"], true],
  ["the look is lost", ["reset-before"], ["GET reset-before", "GET", "POST"]],
  // refused at once, tried again later: what was seen then says nothing about now
  ["the create is throttled", [undefined, "too-many"], ["GET", "POST too-many", "GET", "POST"]],
  [
    "the create was lost on its way",
    [undefined, "reset-before"],
    ["GET", "POST reset-before", "GET", "POST"],
  ],
  ["the answer of the create was lost", [undefined, "reset-after"], ["GET", "POST reset-after", "GET"]],
]
test.each(cases)("%s", async (_, faults, expected, isThere) => {
  expect(await asked(faults, isThere)).toEqual(expected)
})
