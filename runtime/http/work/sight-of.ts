// What a role may look for among payloads. Flows in: the role, labels of contracts. Flows out: what of events may be compared with a business key: who does not see a field finds nothing by its value.

import type { KeyNames } from "../../flow/ledger/key-question.ts"
import { type KeySight, seesEverything, sightThrough } from "../../flow/ledger/key-sight.ts"
import type { Role } from "../../flow/port/permissions.ts"
import { sees, shownRecord } from "../record/labels.ts"
import type { ServiceParts } from "../service-parts.ts"
import { servedFlow } from "./show-exception.ts"

/** Of projects that do not say, nothing has a name. */
export const namesOf = ({ names }: Pick<ServiceParts, "names">): KeyNames =>
  names ?? { key: () => null, answers: () => [] }

export function sightOf(parts: Pick<ServiceParts, "flows" | "labels" | "names">, role: Role): KeySight {
  if (parts.labels.every(label => sees(role, label))) return seesEverything
  return sightThrough(
    (at, payload) => shownRecord(payload, servedFlow(parts, at)?.labels, role),
    (at, record) => shownRecord(record, servedFlow(parts, at)?.labelsAt?.(at.name), role),
    namesOf(parts).answers,
  )
}
