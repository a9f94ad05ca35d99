// A row that `skip row` left out. Flows in: its report and figures. Flows out: dropped, unless something before has stopped it.
import type { Report } from "../results/report.ts"
import type { RowRead } from "./set-result.ts"

/** The figures of a map that totals nothing, the keys of a row that is not lost. */
export const nothingRead: readonly never[] = []

export function droppedRow<T>(report: Report, figures: RowRead<T>["figures"]): RowRead<T> {
  const result = report.stopped()
    ? report.result<T>(undefined)
    : ({ status: "dropped", issues: report.issues() } as const)
  return { result, figures, keys: nothingRead }
}
