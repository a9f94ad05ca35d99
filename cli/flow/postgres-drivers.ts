// The engine on PostgreSQL, where its packages are installed. Flows in: nothing. Flows out: the module, or a kind refusal.
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { NotPossible } from "@fmap/runtime/flow"

export async function postgresDrivers(): Promise<typeof import("@fmap/runtime/flow/postgres")> {
  try {
    return await import("@fmap/runtime/flow/postgres")
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error
    throw new NotPossible(
      "FM8410",
      `PostgreSQL needs the packages pg and pg-boss beside fmap (${dirname(fileURLToPath(import.meta.url))})`,
    )
  }
}
