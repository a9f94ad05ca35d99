import { entry } from "./entry.ts"

export const runtime = {
} as const
