/** The seven section kinds, in the order of their keys 1–7 and of every probability vector. */
export const SECTION_KINDS = ['intro', 'build', 'drop', 'break', 'outro', 'verse', 'chorus'] as const

export type SectionKind = (typeof SECTION_KINDS)[number]

export const SECTION_COLOURS: Readonly<Record<SectionKind, string>> = {
  intro: '#22c55e',
  build: '#eab308',
  drop: '#ef4444',
  break: '#a855f7',
  outro: '#3b82f6',
  verse: '#4b5563',
  chorus: '#ec4899',
}

export const isSectionKind = (value: unknown): value is SectionKind =>
  (SECTION_KINDS as readonly unknown[]).includes(value)
