// A PostgreSQL of its own that may be crashed: the one of the machine is other people's. Flows in: nothing. Flows out: its connection, a crash (every process of it gone at once,
// without a checkpoint, and started anew), an end; undefined where PostgreSQL's programs are not there.
import { execFileSync, spawnSync } from "node:child_process"
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import process from "node:process"

export interface OwnCluster {
  readonly connection: string
  /** `pg_ctl stop -m immediate`, and start. */
  crash(): void
  stop(): void
}

const places = "/usr/lib/postgresql"

export function clusterPossible(): boolean {
  return programsOfPostgres() !== undefined && userOfPostgres() !== undefined
}

export async function ownCluster(): Promise<OwnCluster | undefined> {
  const programs = programsOfPostgres()
  const user = userOfPostgres()
  if (programs === undefined || user === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), "fmap-postgres-"))
  chownSync(folder, user.uid, user.gid)
  const data = join(folder, "data")
  const port = await freePort()
  const run = (name: string, words: readonly string[]) =>
    void execFileSync(join(programs, name), words, { ...user, cwd: folder, stdio: "ignore" })
  const start = () =>
    run("pg_ctl", [
      "start",
      "-w",
      "-t",
      "120",
      "-D",
      data,
      "-l",
      join(folder, "log"),
      "-o",
      `-p ${port} -k ${folder} -c max_connections=100`,
    ])
  run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8"])
  start()
  return {
    connection: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crash() {
      run("pg_ctl", ["stop", "-w", "-m", "immediate", "-D", data])
      start()
    },
    stop() {
      spawnSync(join(programs, "pg_ctl"), ["stop", "-w", "-m", "immediate", "-D", data], {
        ...user,
        cwd: folder,
      })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function programsOfPostgres(): string | undefined {
  const versions = existsSync(places) ? readdirSync(places).toSorted((a, b) => Number(b) - Number(a)) : []
  return versions
    .map(version => join(places, version, "bin"))
    .find(folder => existsSync(join(folder, "initdb")))
}

/** PostgreSQL does not run as root: then as the user the package made. */
function userOfPostgres(): { readonly uid: number; readonly gid: number } | undefined {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()]
  if (uid === undefined || gid === undefined) return undefined
  if (uid !== 0) return { uid, gid }
  const ids = (["-u", "-g"] as const).map(word => spawnSync("id", [word, "postgres"], { encoding: "utf8" }))
  if (ids.some(({ status }) => status !== 0)) return undefined
  const [owner = 0, group = 0] = ids.map(({ stdout }) => Number(stdout.trim()))
  return { uid: owner, gid: group }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      )
    })
  })
}
