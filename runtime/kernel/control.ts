// Controls that do not hold, for the slow way of emitted code. Flows in: the figures of each comparison that failed. Flows out: one issue.
import { type ControlFigures, controlMessage } from "../results/control-figures.ts"
import type { Report } from "../results/report.ts"

export function noFigures(): ControlFigures[] {
  return []
}

/** `message`: as the author wrote it; undefined: the figures say it. */
export function controlFailed(
  report: Report,
  severity: "reject" | "hold" | "warn",
  code: string,
  root: string,
  pointer: string,
  message: string | undefined,
  at: string,
  title: string,
  operator: string,
  failed: readonly ControlFigures[],
): void {
  if (failed.length === 0) return
  const control = { title, operator, failed }
  report.add(severity, code, { root, pointer, at }, message ?? controlMessage(control), undefined, control)
}
