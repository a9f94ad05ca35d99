// Dependency order of files, and the circles in it. Flows in: files with resolved imports. Flows out: each file after
// those it imports; where they import each other, one diagnostic a circle and an order all the same.
import { diagnostic } from "@fmap/grammar"
import { dependencyOrder } from "../resolve/dependency-order.ts"
import type { Findings } from "./findings.ts"
import type { LoadedFile } from "./load-project.ts"

export function orderFiles(files: ReadonlyMap<string, LoadedFile>, found: Findings): readonly LoadedFile[] {
  const { order, cycles } = dependencyOrder([...files.keys()], path =>
    (files.get(path)?.imports ?? []).flatMap(each => each.paths),
  )
  for (const cycle of cycles) {
    const [first = "", second = first] = cycle
    const from = files.get(first)?.imports.find(each => each.paths.includes(second))?.node.from
    found.report(
      diagnostic(
        "FM7006",
        { cycle: [...cycle, first].join(" -> ") },
        { file: first, span: from?.span ?? { start: 0, end: 0 } },
        {
          label: "this import closes the circle",
          help: "Move what both need into a third file.",
        },
      ),
    )
  }
  return order.flatMap(path => files.get(path) ?? [])
}
