// The Chromium of the system, for tests that look at pages as people do. Flows out: where it is, or null. Nothing is fetched: CI installs it.
import { existsSync } from "node:fs"

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/** FMAP_CHROMIUM names another place. */
export function findChromium(): string | null {
  const named = process.env.FMAP_CHROMIUM
  return [...(named === undefined ? [] : [named]), ...places].find(path => existsSync(path)) ?? null
}
