import type { SectionDocument } from './analysis-document.ts'
import { kindText } from './kind-text.ts'
import { formatTable } from './table.ts'

export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`

/** Sections for people: when, what, how sure. */
export const sectionLines = (sections: readonly SectionDocument[]): readonly string[] =>
  formatTable(
    ['from', 'to', 'beats', 'section', 'sure', 'else'],
    sections.map((section) => [
      clock(section.start_seconds),
      clock(section.end_seconds),
      `${section.start_beat}–${section.end_beat}`,
      kindText(section.label),
      `${Math.round(section.confidence * 100)} %`,
      section.runner_up && kindText(section.runner_up),
    ]),
  )
