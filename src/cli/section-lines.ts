import { barRange, type Metre } from '../core/labels/bar-text.ts'
import { preciseClock } from '../core/units/clock.ts'
import { percentText } from '../core/units/percent-text.ts'
import type { SectionDocument } from './analysis-document.ts'
import { kindText } from './kind-text.ts'
import { formatTable } from './table.ts'

/** Beside sections of a model that read alone. */
export const WITHOUT_FORM = 'The model read alone, as the network of form cannot run here; "algiers doctor" says why.'

/** The two strongest pieces of evidence for the label. */
const reason = ({ evidence }: SectionDocument): string =>
  evidence
    .filter(({ weight }) => weight > 0)
    .slice(0, 2)
    .map(({ group }) => group)
    .join(', ')

/** Sections for people: when, what, how sure, and why. */
export const sectionLines = (sections: readonly SectionDocument[], metre: Metre): readonly string[] =>
  formatTable(
    ['from', 'to', 'bars', 'section', 'energy', 'sure', 'else', 'because of'],
    sections.map((section) => [
      preciseClock(section.start_seconds),
      preciseClock(section.end_seconds),
      barRange(metre, { startBeat: section.start_beat, endBeat: section.end_beat }),
      kindText(section.label),
      section.energy,
      percentText(section.confidence, 0),
      section.runner_up && kindText(section.runner_up),
      reason(section),
    ]),
  )
