// What is known of mutants that nobody noticed. Flows in: survivors.json. Flows out: reasons, by mutant. `equivalent`: no record can tell it from
// the original, which a person has judged; `survivors`: one could, and no test does.
export interface Survivors {
  readonly format: "fmap.survivors"
  readonly rate: string
  readonly counts: Readonly<Record<string, number>>
  /** What came out for each; one that is not here was not tried yet. */
  readonly projects: Readonly<Record<string, string>>
  readonly equivalent: Readonly<Record<string, string>>
  readonly survivors: Readonly<Record<string, string>>
}

export function readSurvivors(text: string): Survivors {
  return JSON.parse(text) as Survivors
}
