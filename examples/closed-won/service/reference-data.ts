// The crosswalks that live in files. Flows in: a folder. Flows out: a holder of checked crosswalks, which reads the folder again when it is
// told to; a service with half of its reference data does not start, and one that runs keeps the old data when a new file is bad.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import {
  type Crosswalk,
  type CrosswalkSpec,
  createReference,
  type Loaded,
  loadCrosswalk,
} from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import { CustomerByAccountSpec, TermsByCustomerSpec } from "../emitted/crosswalks/customers.js"
import { ItemByProductSpec } from "../emitted/crosswalks/items.js"

export interface ReferenceData {
  readonly CustomerByAccount: Crosswalk
  readonly ItemByProduct: Crosswalk
  readonly TermsByCustomer: Crosswalk
}

export interface LiveReference {
  /** What a record is mapped with; it never changes under one. */
  readonly current: () => ReferenceData
  /** Reads the folder again; gives the names of the crosswalks that changed. Throws, and changes nothing, when one file is bad. */
  readonly reload: () => Promise<readonly string[]>
}

/** Throws when a file is missing or one row of it is wrong; the message names file and line. */
export async function readReferenceData(folder: string): Promise<LiveReference> {
  const opened = createReference<ReferenceData>(await readAll(folder))
  if ("problems" in opened) throw new Error(told(opened.problems))
  return {
    current: () => opened.ok.current,
    reload: async () => {
      const change = opened.ok.replace(await readAll(folder))
      if ("problems" in change) throw new Error(told(change.problems))
      return change.changed
    },
  }
}

const files = {
  CustomerByAccount: "customers.csv",
  ItemByProduct: "items.csv",
  TermsByCustomer: "customer-terms.csv",
} as const

async function readAll(folder: string): Promise<{ readonly [id in keyof ReferenceData]: Loaded<Crosswalk> }> {
  const [CustomerByAccount, ItemByProduct, TermsByCustomer] = await Promise.all([
    read(join(folder, files.CustomerByAccount), CustomerByAccountSpec),
    read(join(folder, files.ItemByProduct), ItemByProductSpec),
    read(join(folder, files.TermsByCustomer), TermsByCustomerSpec),
  ])
  return { CustomerByAccount, ItemByProduct, TermsByCustomer }
}

async function read(file: string, spec: CrosswalkSpec): Promise<Loaded<Crosswalk>> {
  const bytes = await readFile(file)
  const table = readCsv(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  if ("problems" in table)
    throw new Error(table.problems.map(one => `${file}:${one.line}: ${one.message}`).join("\n"))
  return loadCrosswalk(spec, table.ok)
}

function told(
  problems: { readonly [id in keyof ReferenceData]?: readonly { row: number; message: string }[] },
): string {
  return Object.entries(files)
    .flatMap(([id, file]) =>
      (problems[id as keyof ReferenceData] ?? []).map(one => `${file}:${one.row}: ${one.message}`),
    )
    .join("\n")
}
