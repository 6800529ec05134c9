import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { EnergeticSections } from '../../engine/reading/energetic-sections.ts'
import type { trackSections } from '../operations/sections.ts'

/** On the wire a section calls its kind `label`. */
export const sectionsDocument = ({ sections, ...read }: EnergeticSections): z.output<typeof trackSections> =>
  snakeCase({ ...read, sections: sections.map(({ kind: label, ...section }) => ({ ...section, label })) })
