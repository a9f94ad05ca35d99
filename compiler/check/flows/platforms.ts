// How the platforms behind systems tell a write that is repeated from a second one. Flows in: nothing. Flows out: plain data. What an object
// really offers is the connector's to say (runtime/connectors); this is what a flow may rely on before there is one.

/** Of a write that makes a record: it takes a key of ours and answers the same again; makes or finds it by our own id; can be asked; or neither. */
export type Repeats = "nativeKey" | "upsert" | "lookUp" | "nothing"

export interface Platform {
  readonly create: Repeats
  /** `load … add`: rows beside those that are there. */
  readonly add: Repeats
  readonly source: string
}

export const platforms: Readonly<Record<string, Platform>> = {
  salesforce: {
    create: "lookUp",
    add: "lookUp",
    source:
      "No idempotency header; upsert by external id is the mechanism, and a record made by us is found by it.",
  },
  netsuite: {
    create: "lookUp",
    add: "upsert",
    source:
      "PUT /record/v1/{type}/eid:{externalId} makes or changes one record; X-NetSuite-Idempotency-Key holds for asynchronous requests only, so a record made otherwise is looked up.",
  },
  sap: {
    create: "lookUp",
    add: "lookUp",
    source:
      "RequestID and RepeatabilityCreation hold for hours and on some services only; found by our reference in a field of its own.",
  },
  d365: {
    create: "lookUp",
    add: "lookUp",
    source: "Alternate keys: PATCH by key makes or changes; found by a query on it.",
  },
  hubspot: {
    create: "lookUp",
    add: "lookUp",
    source: "Upsert by a property with unique values (idProperty); found by the same.",
  },
  anaplan: {
    create: "nothing",
    add: "upsert",
    source:
      "Import actions: list members are told apart by their code, so that adding one again changes nothing.",
  },
  adaptive: {
    create: "nothing",
    add: "nothing",
    source:
      "importCubeData and importStandardData replace cells at their coordinates; additive imports double what is sent twice.",
  },
  stripe: {
    create: "nativeKey",
    add: "nativeKey",
    source: "Idempotency-Key, kept for at least 24 hours.",
  },
  oracle: {
    create: "lookUp",
    add: "upsert",
    source:
      "Fusion REST has no idempotency header; a record is found by a query on its key, and file-based loads carry theirs.",
  },
  odata: {
    create: "lookUp",
    add: "lookUp",
    source:
      "A record is found by a filter on its key; repeatable requests are an extension few services take.",
  },
  postgres: {
    create: "lookUp",
    add: "upsert",
    source: "insert … on conflict on the key; a row is found by it.",
  },
  files: {
    create: "upsert",
    add: "upsert",
    source: "A file has the key in its name: writing it again is the same file.",
  },
  http: { create: "nothing", add: "nothing", source: "HTTP promises nothing of POST." },
}

/** Of a write at a platform. To change, replace or delete again what was so already is the same; only what makes a record could make two. */
export function repeatsOf(platform: string, making: "create" | "add" | null): Repeats {
  if (making === null) return "upsert"
  return Object.hasOwn(platforms, platform) ? (platforms[platform]?.[making] ?? "nothing") : "nothing"
}
