// L001: fields whose labels are others. Flows in: both sides. Flows out: facts; a field that came or went is told by the rules of shapes.
import { fieldsOf } from "../../govern/fields.ts"
import { labelNames } from "../../govern/labels.ts"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

export function labelChanges({ old, now }: Sides): readonly LineageFacts[] {
  return paired(old.contracts, now.contracts).flatMap(([was, is]) => {
    const before = new Map(fieldsOf(was.declared, old).map(placed => [placed.path, placed]))
    return fieldsOf(is.declared, now).flatMap(({ path, field }) => {
      const known = before.get(path)
      if (known === undefined) return []
      return labelNames.flatMap((label): readonly LineageFacts[] => {
        if (known.field[label] === field[label]) return []
        const added = field[label]
        return [
          {
            rule: "L001",
            other: added,
            subject: is.id,
            path,
            old: added ? null : label,
            new: added ? label : null,
            message: added
              ? `"${path}" of ${is.name} is marked \`${label}\` now.`
              : `"${path}" of ${is.name} is no longer marked \`${label}\`.`,
            oldAt: shownPlace(known.field.at, old.plan),
            newAt: shownPlace(field.at, now.plan),
          },
        ]
      })
    })
  })
}
