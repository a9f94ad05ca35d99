// A simulated Anaplan: tokens, files in pieces, imports as tasks, dumps, lists. Flows in: requests. Flows out: answers in the platform's forms. A task has to be asked for more than once before it is complete.

import { listOf, memberOf, objectOf, scalarText } from "../../connectors/http/json-value.ts"
import { checkState, placeOf } from "../kernel/check-state.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { Platform, SimAnswer, SimRequest } from "../kernel/platform.ts"
import { csvRows, csvText } from "./csv-text.ts"
import {
  type ImportOutcome,
  type Member,
  type Model,
  type ModelImport,
  type ModelList,
  runImport,
} from "./model.ts"

interface Upload {
  count: number
  readonly chunks: Map<number, Uint8Array>
}

interface Task {
  readonly id: string
  readonly import: string
  readonly outcome: ImportOutcome
  polls: number
}

interface Session {
  model: Model
  readonly tokens: Set<string>
  readonly files: Map<string, Upload>
  readonly tasks: Map<string, Task>
  serial: number
}

/** Accounts and actuals, as a first model would have them. */
const standardImports: Readonly<Record<string, ModelImport>> = {
  "112000000001": {
    file: "113000000001",
    into: { kind: "list", list: "101000000001", name: "Name", code: "Code", parent: "Parent" },
  },
  "112000000002": {
    file: "113000000002",
    into: {
      kind: "module",
      module: "Actuals",
      members: { Account: "101000000001" },
      free: ["Version", "Period"],
      value: "Amount",
    },
  },
}

const standardProcesses: Readonly<Record<string, string>> = { "118000000001": "112000000002" }

export function simulatedAnaplan(): Platform {
  const session: Session = {
    model: {
      lists: new Map([["101000000001", { name: "Accounts", items: [] }]]),
      modules: new Map(),
      imports: new Map(Object.entries(standardImports)),
      processes: new Map(Object.entries(standardProcesses)),
    },
    tokens: new Set(),
    files: new Map(),
    tasks: new Map(),
    serial: 0,
  }
  return {
    name: "anaplan",
    dump: () => ({
      lists: Object.fromEntries(session.model.lists),
      modules: Object.fromEntries(
        [...session.model.modules].map(([name, cells]) => [name, Object.fromEntries(cells)]),
      ),
      imports: Object.fromEntries(session.model.imports),
      processes: Object.fromEntries(session.model.processes),
    }),
    load(state) {
      session.model = loadModel(state)
    },
    fault(kind) {
      if (kind !== "expired-token") return undefined
      session.tokens.clear()
      return jsonAnswer(401, { status: "FAILURE_BAD_TOKEN", statusMessage: "Token validation failed" })
    },
    handle: request => handle(session, request),
  }
}

function loadModel(state: unknown): Model {
  checkState(state, { lists: "object", modules: "object", imports: "object", processes: "object" })
  const lists = Object.entries(objectOf(memberOf(state, "lists")) ?? {}).map(
    ([id, list]): [string, ModelList] => {
      const items = listOf(memberOf(list, "items"))
      if (items === undefined) throw new RangeError(`${placeOf(["lists", id, "items"])} is no list`)
      return [id, { name: scalarText(memberOf(list, "name")) ?? id, items: [...items] as Member[] }]
    },
  )
  const modules = Object.entries(objectOf(memberOf(state, "modules")) ?? {}).map(
    ([name, cells]): [string, Map<string, string>] => [
      name,
      new Map(Object.entries(objectOf(cells) ?? {}).map(([key, value]) => [key, scalarText(value) ?? ""])),
    ],
  )
  const imports = objectOf(memberOf(state, "imports")) as Readonly<Record<string, ModelImport>> | undefined
  const processes = objectOf(memberOf(state, "processes")) as Readonly<Record<string, string>> | undefined
  return {
    lists: new Map(lists),
    modules: new Map(modules),
    imports: new Map(Object.entries({ ...standardImports, ...imports })),
    processes: new Map(Object.entries({ ...standardProcesses, ...processes })),
  }
}

function handle(session: Session, request: SimRequest): SimAnswer {
  const { segments, method } = request
  if (segments.at(-1) === "authenticate") return token(session, request)
  const bearer = request.headers.get("authorization")?.replace(/^AnaplanAuthToken /, "") ?? ""
  if (!session.tokens.has(bearer))
    return jsonAnswer(401, { status: "FAILURE_BAD_TOKEN", statusMessage: "Token validation failed" })
  // /2/0/workspaces/{w}/models/{m}/…
  const [area, id = "", part, number, ...rest] = segments.slice(6)
  if (area === "files") return file(session, request, id, part, number)
  if (area === "imports" && part === "tasks") return task(session, method, id, undefined, number, rest)
  if (area === "processes" && part === "tasks")
    return task(
      session,
      method,
      session.model.processes.get(id) ?? "",
      id,
      number,
      rest[0] === "dumps" ? ["dump", ...rest.slice(2)] : rest,
    )
  if (area === "lists" && part === "items") return members(session, request, id)
  return absent()
}

function token(session: Session, request: SimRequest): SimAnswer {
  if (request.headers.get("authorization")?.startsWith("Basic ") !== true)
    return jsonAnswer(401, { status: "FAILURE_BAD_CREDENTIAL", statusMessage: "Bad credential" })
  const value = `anaplan-token-${++session.serial}`
  session.tokens.add(value)
  return jsonAnswer(201, {
    status: "SUCCESS",
    statusMessage: "Login successful",
    tokenInfo: { tokenId: String(session.serial), tokenValue: value, expiresAt: request.now + 2_100_000 },
  })
}

function file(
  session: Session,
  request: SimRequest,
  id: string,
  part: string | undefined,
  number: string | undefined,
): SimAnswer {
  if (![...session.model.imports.values()].some(one => one.file === id)) return absent()
  if (request.method === "POST" && part === undefined) {
    const count = Number(memberOf(jsonOf(request.body), "chunkCount"))
    session.files.set(id, { count, chunks: new Map() })
    return jsonAnswer(200, envelope({ file: { id, chunkCount: count } }))
  }
  const upload = session.files.get(id)
  if (upload === undefined) return absent()
  if (request.method === "PUT" && part === "chunks") {
    upload.chunks.set(Number(number), request.body)
    return { status: 204 }
  }
  return part === "complete" ? jsonAnswer(200, envelope({ file: { id } })) : absent()
}

/** `process`: the one that runs the import. */
function task(
  session: Session,
  method: string,
  id: string,
  process: string | undefined,
  taskId: string | undefined,
  rest: readonly string[],
): SimAnswer {
  const imported = session.model.imports.get(id)
  if (imported === undefined) return absent()
  if (method === "POST") {
    const upload = session.files.get(imported.file)
    if (upload === undefined || upload.chunks.size < upload.count)
      return jsonAnswer(400, { status: { code: 400, message: "The file is not complete" } })
    const bytes = Buffer.concat([...upload.chunks].toSorted(([a], [b]) => a - b).map(([, chunk]) => chunk))
    const made: Task = {
      id: `TASK${++session.serial}`,
      import: id,
      outcome: runImport(session.model, imported, csvRows(bytes.toString("utf8"))),
      polls: 0,
    }
    session.tasks.set(made.id, made)
    return jsonAnswer(200, envelope({ task: { taskId: made.id } }))
  }
  const found = session.tasks.get(taskId ?? "")
  if (found === undefined || found.import !== id) return absent()
  if (rest[0] === "dump") return dump(found, rest[2])
  return jsonAnswer(200, envelope({ task: taskOf(found, process) }))
}

function taskOf(task: Task, process: string | undefined): unknown {
  if (task.polls++ < 1)
    return { taskId: task.id, currentStep: "Processing rows", progress: 0.5, taskState: "IN_PROGRESS" }
  const { name, total, success, created, ignored, failed } = task.outcome
  const values = {
    hierarchyName: name,
    successRowCount: success,
    successCreateCount: created,
    failedCount: failed.length,
    ignoredCount: ignored,
    totalRowCount: total,
  }
  const own = {
    successful: true,
    objectId: task.import,
    failureDumpAvailable: failed.length > 0,
    details: [
      {
        type: "hierarchyRowsProcessed",
        occurrences: 0,
        localMessageText: `${name}: ${success} (${created}/${success}) rows successful, ${failed.length + ignored} ignored `,
        values: Object.entries(values).flatMap(([key, value]) => [key, String(value)]),
      },
    ],
  }
  const result =
    process === undefined
      ? own
      : { successful: true, objectId: process, failureDumpAvailable: false, nestedResults: [own] }
  return { taskId: task.id, currentStep: "Complete.", progress: 1, taskState: "COMPLETE", result }
}

function dump({ outcome }: Task, chunk: string | undefined): SimAnswer {
  if (outcome.failed.length === 0) return absent()
  if (chunk === undefined) return jsonAnswer(200, envelope({ chunks: [{ id: "0", name: "Chunk 0" }] }))
  const rows = outcome.failed.map(({ line, cells, error }) => ["E", ...cells, String(line), error])
  return {
    status: 200,
    headers: { "content-type": "application/octet-stream" },
    body: csvText([["_Status_", ...outcome.columns, "_Line_", "_Error_1_"], ...rows]),
  }
}

function members({ model }: Session, request: SimRequest, id: string): SimAnswer {
  const list = model.lists.get(id)
  if (list === undefined) return absent()
  if (request.method === "GET")
    return jsonAnswer(
      200,
      envelope({ listItems: list.items.map((item, i) => ({ id: String(i + 1), ...item })) }),
    )
  const items = (listOf(memberOf(jsonOf(request.body), "items")) ?? []) as readonly Member[]
  const failures: unknown[] = []
  let [added, ignored] = [0, 0]
  for (const [requestIndex, item] of items.entries()) {
    const fail = (failureType: string, failureMessageDetails: string) => {
      ignored++
      failures.push({ requestIndex, failureType, failureMessageDetails })
    }
    if ((item.name ?? "") === "" || item.name.length > 60)
      fail("INCORRECT_FORMAT", "incorrect format (name must have 1 to 60 characters)")
    else if (list.items.some(({ code }) => code === item.code))
      fail("DUPLICATE", `An item with the code ${item.code} exists`)
    else if (
      item.parent !== undefined &&
      !list.items.some(({ code, name }) => code === item.parent || name === item.parent)
    )
      fail("INVALID_PARENT", `Parent ${item.parent} is not in the list`)
    else {
      list.items.push(item)
      added++
    }
  }
  return jsonAnswer(200, {
    added,
    ignored,
    total: items.length,
    ...(failures.length === 0 ? {} : { failures }),
  })
}

function envelope(values: object): object {
  return {
    meta: { schema: "https://api.anaplan.com/2/0/objects" },
    status: { code: 200, message: "Success" },
    ...values,
  }
}

function absent(): SimAnswer {
  return jsonAnswer(404, { status: { code: 404, message: "Not found" } })
}
