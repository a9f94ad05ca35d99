// Texts of authors on their way to a page. Flows in: plain data. Flows out: the same data in which control and bidirectional characters are
// written out, so that nothing reads other than it is. Escaping for HTML is the template's.
import { safeText } from "../terminal/safe-text.ts"

export function safeData<T>(data: T): T
export function safeData(data: unknown): unknown {
  if (typeof data === "string") return safeText(data)
  if (Array.isArray(data)) return data.map(one => safeData(one))
  if (typeof data !== "object" || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, safeData(value)]))
}
