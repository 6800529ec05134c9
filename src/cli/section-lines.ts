import type { SectionDocument } from './analysis-document.ts'
import { kindText } from './kind-text.ts'
import { formatTable } from './table.ts'

export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`

/** The two things that spoke loudest for the label. */
const reason = ({ evidence }: SectionDocument): string =>
  evidence
    .filter(({ weight }) => weight > 0)
    .slice(0, 2)
    .map(({ group }) => group)
    .join(', ')

/** Sections for people: when, what, how sure, and why. */
export const sectionLines = (sections: readonly SectionDocument[]): readonly string[] =>
  formatTable(
    ['from', 'to', 'beats', 'section', 'sure', 'else', 'because of'],
    sections.map((section) => [
      clock(section.start_seconds),
      clock(section.end_seconds),
      `${section.start_beat}–${section.end_beat}`,
      kindText(section.label),
      `${Math.round(section.confidence * 100)} %`,
      section.runner_up && kindText(section.runner_up),
      reason(section),
    ]),
  )
