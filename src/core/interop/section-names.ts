import type { SectionKind } from '../labels/section-kind.ts'

/** What DJs and annotators call the seven kinds; letters only, lower case. */
const NAMES: Readonly<Record<SectionKind, readonly string[]>> = {
  intro: ['intro', 'start', 'mix in', 'in', 'load', 'first beat'],
  build: ['build', 'build up', 'buildup', 'riser', 'rise', 'up', 'tension', 'snare roll'],
  drop: ['drop', 'bass', 'main', 'peak', 'climax'],
  break: ['break', 'breakdown', 'bridge', 'down', 'interlude'],
  outro: ['outro', 'end', 'mix out', 'out'],
  verse: ['verse', 'vocal', 'vox', 'strophe'],
  chorus: ['chorus', 'hook', 'refrain', 'pre chorus', 'prechorus'],
}

const KIND_OF_NAME: ReadonlyMap<string, SectionKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => names.map((name) => [name, kind as SectionKind] as const)),
)
/** Longer texts are comments, not names of sections. */
const LONGEST_NAME = 64

/** Letters only, lower case, words divided by one blank: "Drop 2" and "DROP!" are one name. */
export const bareName = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()

/** @returns the kind that a name stands for ("Drop 2", "Build-Up", "VERSE"), null when it is not a known word. */
export const sectionKindOfName = (name: string): SectionKind | null =>
  name.length > LONGEST_NAME ? null : (KIND_OF_NAME.get(bareName(name)) ?? null)
