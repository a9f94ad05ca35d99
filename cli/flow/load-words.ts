// What a system took of a load, in words. Flows in: the receipt of an effect. Flows out: "8 rows = 6 loaded + 0 ignored + 2 rejected", and which were rejected and why; nothing where it is no receipt of a load.

const mostRows = 10

/** What systems say of rows may hold what stands in them: only with `values`. */
export function loadWords(receipt: unknown, values: boolean): string | undefined {
  if (typeof receipt !== "object" || receipt === null) return undefined
  const { sent, loaded, ignored, rejected } = receipt as Readonly<Record<string, unknown>>
  if (typeof sent !== "number" || typeof loaded !== "number" || typeof ignored !== "number") return undefined
  if (!Array.isArray(rejected)) return undefined
  const counts = `${sent} row${sent === 1 ? "" : "s"} = ${loaded} loaded + ${ignored} ignored + ${rejected.length} rejected`
  if (!values || rejected.length === 0) return counts
  const told = rejected.slice(0, mostRows).map(rejectionWords)
  return `${counts} (${told.join("; ")}${rejected.length > mostRows ? "; …" : ""})`
}

function rejectionWords(rejection: unknown): string {
  const { index, code, message } = rejection as Readonly<Record<string, unknown>>
  const row = typeof index === "number" ? `row ${index + 1}` : "a row"
  return `${row} ${String(code)}: ${String(message)}`
}
