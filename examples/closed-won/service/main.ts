// Starts the service. Flows in: PORT (8080) and REFERENCE_DATA (the crosswalks folder of this project). Flows out: a listening server,
// or an exit code 1 that says which file of reference data must not be used. SIGHUP reads the folder again; a bad file changes nothing.
import { fileURLToPath } from "node:url"
import { readReferenceData } from "./reference-data.ts"
import { orderService } from "./server.ts"

const folder = process.env.REFERENCE_DATA ?? fileURLToPath(new URL("../crosswalks", import.meta.url))
const port = Number(process.env.PORT ?? "8080")

try {
  const reference = await readReferenceData(folder)
  const server = orderService(reference.current)
  server.listen(port, () => console.log(`closed-won listens on http://localhost:${port}`))
  process.on("SIGHUP", () =>
    reference.reload().then(
      changed => console.log(changed.length === 0 ? "nothing changed" : `read again: ${changed.join(", ")}`),
      (error: unknown) => console.error(error instanceof Error ? error.message : error),
    ),
  )
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
