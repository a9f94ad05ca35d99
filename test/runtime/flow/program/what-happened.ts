// What an engine did, as a text a person reads beside what went in. Flows in: the ledger's rows and the systems. Flows out: lines.
import type { TestEngine } from "../engine-on-disk.ts"
import type { FakeSystem } from "./fake-system.ts"

export function whatHappened({ rows }: TestEngine, systems: readonly FakeSystem[]): string {
  const text = (row: Readonly<Record<string, unknown>>, ...names: readonly string[]) =>
    names
      .filter(name => row[name] !== null)
      .map(name => String(row[name]))
      .join(" ")
  const lines = (title: string, found: readonly string[]) =>
    found.length === 0 ? [] : [`${title}:`, ...found.map(line => `  ${line}`)]
  return [
    ...lines(
      "events",
      rows("SELECT * FROM inbox ORDER BY seq").map(
        row =>
          `${text(row, "flow", "source", "source_id")} in lane ${text(row, "lane")}: ${text(row, "state", "because", "ending")}, ${row["attempts"]} failed attempts`,
      ),
    ),
    ...lines(
      "journal",
      rows(
        "SELECT inbox.source_id, step.* FROM step JOIN inbox ON inbox.id = step.event ORDER BY inbox.seq, step.generation, step.number, step.at, step.name",
      ).map(row => `${text(row, "source_id")} ${text(row, "name")} = ${text(row, "result")}`),
    ),
    ...lines(
      "effects",
      rows(
        "SELECT inbox.source_id, effect.* FROM effect JOIN inbox ON inbox.id = effect.event ORDER BY inbox.seq, effect.generation, effect.first_sent_at, effect.name",
      ).map(
        row =>
          `${text(row, "source_id")} ${text(row, "name")} at ${text(row, "target")}: ${text(row, "state")}, ${row["sends"]} sent, ${row["failures"]} failed${row["receipt"] === null ? "" : `, ${text(row, "receipt")}`}${row["amount"] === null ? "" : `, ${text(row, "amount", "currency")}`}`,
      ),
    ),
    ...lines(
      "exceptions",
      rows(
        "SELECT inbox.source_id, exception.* FROM exception JOIN inbox ON inbox.id = exception.event ORDER BY exception.seq",
      ).map(
        row =>
          `${text(row, "source_id")} ${text(row, "kind", "code", "state")}, ${row["queue"] === null ? "dead letter" : `queue ${text(row, "queue")}`}, owner ${text(row, "owner")}, lane ${text(row, "lane")}: ${text(row, "message")} ${text(row, "detail")}`,
      ),
    ),
    ...lines(
      "links",
      rows("SELECT * FROM link ORDER BY seq").map(
        row => `${text(row, "crosswalk")} ${text(row, "key")} = ${text(row, "value")}`,
      ),
    ),
    ...lines(
      "outbox",
      rows("SELECT * FROM outbox ORDER BY seq").map(row => `${text(row, "topic")} ${text(row, "payload")}`),
    ),
    ...systems.flatMap(({ system, told }) => lines(system, told)),
  ].join("\n")
}
