// How the platforms behind systems tell a write that is repeated from a second one, and whether they say who changed a record. Flows in: nothing. Flows out: plain data. What an object
// really offers is the connector's to say (runtime/connectors); this is what a flow may rely on before there is one.

/** Of a write that makes a record: it takes a key of ours and answers the same again; makes or finds it by our own id; can be asked; or neither. */
export type Repeats = "nativeKey" | "upsert" | "lookUp" | "nothing"

export interface Platform {
  readonly create: Repeats
  /** `load … add`: rows beside those that are there. */
  readonly add: Repeats
  /** Changes come with who made them, so that our own can be left out. */
  readonly saysWho?: true
  readonly source: string
}

/** `source`: what it rests on, and where that can be read. "As a project's own connector does it" rests on nothing else. */
export const platforms: Readonly<Record<string, Platform>> = {
  salesforce: {
    create: "lookUp",
    add: "upsert",
    saysWho: true,
    source:
      'No idempotency header (maintainers of SalesforceMobileSDK-iOS, issue 3288): a record made by us is found by its external id. Loads upsert by it: REST API Developer Guide, "Upsert Multiple Records with Collections"; Bulk API 2.0, operation `upsert`.',
  },
  netsuite: {
    create: "lookUp",
    add: "upsert",
    source:
      "PUT /record/v1/{type}/eid:{externalId} makes or changes one record; X-NetSuite-Idempotency-Key holds for asynchronous requests only, so a record made otherwise is looked up (the NetSuite help of Oracle on SuiteTalk REST: ignored for synchronous execution).",
  },
  sap: {
    create: "lookUp",
    add: "lookUp",
    source:
      'RequestID and RepeatabilityCreation hold only for services whose idempotency was switched on in SAP Gateway (help.sap.com, "Defining Settings for Idempotent Services"), so a record is found by our reference in a field of its own.',
  },
  d365: {
    create: "lookUp",
    add: "lookUp",
    source:
      "Dataverse: PATCH by an alternate key makes or changes, If-None-Match: * only makes (bengribaudo.com, Dataverse Web API tip 3; the page of the vendor is not checked). Finance: data entities have natural keys and no upsert; found by a query on them.",
  },
  hubspot: {
    create: "lookUp",
    add: "lookUp",
    source:
      "POST /crm/v3/objects/{type} has no key; batch/upsert goes by a property with unique values (idProperty), and a record is found by the same (descriptions of the interface by others; the page of the vendor is not checked).",
  },
  anaplan: {
    create: "nothing",
    add: "upsert",
    source:
      "Import actions: list members are told apart by their code and cells by their coordinates, so that adding one again changes nothing (the Integration API 2.0 as its authors tested it live; the page of the vendor is not checked).",
  },
  adaptive: {
    create: "nothing",
    add: "nothing",
    source:
      'importCubeData and importStandardData overwrite cells at their coordinates, and have no key; importTransactions, and imports that add, double what is sent twice (Adaptive Planning API documentation, "Metadata and data create, update, and read methods").',
  },
  stripe: {
    create: "nativeKey",
    add: "nativeKey",
    source:
      "Idempotency-Key on every POST, kept for at least 24 hours, with the first answer, a 500 among them (docs.stripe.com/api/idempotent_requests).",
  },
  oracle: {
    create: "lookUp",
    add: "nothing",
    source:
      'Fusion REST has no idempotency header; a record is found by a query on its key. importBulkData makes a new job of every call (REST API for Financials, "ERP Integrations"), and a journal import takes the same rows twice.',
  },
  odata: {
    create: "lookUp",
    add: "lookUp",
    source:
      'A record is found by a filter on its key; repeatable requests (OASIS, "Repeatable Requests Version 1.0") are an extension few services take.',
  },
  postgres: {
    create: "lookUp",
    add: "upsert",
    source:
      'INSERT … ON CONFLICT on the key, with which the connector loads (postgresql.org/docs, "INSERT"); a row is found by it.',
  },
  files: {
    create: "upsert",
    add: "upsert",
    source:
      "As the project's own connector does it: a file has the key of the call in its name, so writing it again is the same file.",
  },
  http: {
    create: "nothing",
    add: "nothing",
    source: "POST is not idempotent (RFC 9110, 9.2.2), and nothing is known of what stands behind it.",
  },
}

/** Of a write at a platform. To change, replace or delete again what was so already is the same; only what makes a record could make two. */
export function repeatsOf(platform: string, making: "create" | "add" | null): Repeats {
  if (making === null) return "upsert"
  return Object.hasOwn(platforms, platform) ? (platforms[platform]?.[making] ?? "nothing") : "nothing"
}

/** True of a platform the language does not know: that is told of elsewhere. */
export function saysWhoChanged(platform: string): boolean {
  return !Object.hasOwn(platforms, platform) || platforms[platform]?.saysWho === true
}
