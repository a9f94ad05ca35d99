// Names that are the same on every engine, in every attempt and replay: no chance, no clock, no attempt number goes into them.
import { hashOf } from "./canonical-json.ts"

export function eventIdOf(tenant: string, flow: string, source: string, sourceId: string): string {
  return hashOf(["event", tenant, flow, source, sourceId]).slice(0, 32)
}

export interface EffectName {
  readonly tenant: string
  readonly contract: string
  readonly source: string
  readonly sourceId: string
  readonly effect: string
  readonly generation: number
}

/** 64 hexadecimal digits: short enough for every target's key. */
export function idempotencyKey({
  tenant,
  contract,
  source,
  sourceId,
  effect,
  generation,
}: EffectName): string {
  return hashOf(["effect", tenant, contract, source, sourceId, effect, generation])
}

export function outboundId(eventId: string, generation: number, name: string): string {
  return hashOf(["outbound", eventId, generation, name]).slice(0, 32)
}

/** A UUID (version 8: made by our own rule) out of an event, its generation and a count. */
export function derivedUuid(eventId: string, generation: number, count: number): string {
  const hex = hashOf(["uuid", eventId, generation, count])
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
