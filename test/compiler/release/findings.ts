// Findings for tests of what is made of them.
import { type ChangeFinding, fingerprintOf } from "@fmap/compiler"

export function finding(
  facts: Pick<ChangeFinding, "rule" | "severity" | "bump"> & Partial<ChangeFinding>,
): ChangeFinding {
  const whole: ChangeFinding = {
    fingerprint: "",
    subject: "Order",
    path: "/total",
    mode: "forward",
    direction: "readers",
    old: "money in ccy",
    new: null,
    message: `"total" is gone.`,
    fix: null,
    oldAt: "contracts/order.fmap:12:3",
    newAt: null,
    witness: null,
    observed: null,
    consumers: [],
    ...facts,
  }
  return { ...whole, fingerprint: facts.fingerprint ?? fingerprintOf(whole) }
}
