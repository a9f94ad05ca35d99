import { entry } from "./entry.ts"

export const names = {
} as const
