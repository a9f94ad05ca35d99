// Why a target is paused, in words. Flows in: what the ledger keeps of it: a class of failure, a probe, a person. Flows out: words that stand behind "paused: ".

const reasons: Readonly<Record<string, string>> = {
  auth: "credentials are missing or refused",
  throttled: "it asks to wait",
  transient: "it cannot be reached, or fails",
  "in-doubt": "its answers get lost",
  probe: "one call tries whether it is well again",
}

/** `pausedBy` of `TargetStats`. */
export function pauseReason(pausedBy: string): string {
  return reasons[pausedBy] ?? pausedBy.replace(/^person:/u, "by ")
}
