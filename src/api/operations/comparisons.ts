import { z } from 'zod'
import { id, metre, place, sectionKind, stripPart, versionNumber, wholeNumber } from './fields.ts'
import { modelDetails } from './models.ts'
import { operationsOf } from './operation.ts'
import { duel } from './rivals.ts'
import { trackSections } from './sections.ts'

const figures = z.object({ accuracy: z.number(), f1_score: z.number(), calibration_error: z.number().nullable() })
export const comparison = z.object({
  versions: z.tuple([modelDetails, modelDetails]),
  kinds: z.object({
    both: z.array(sectionKind),
    only_first: z.array(sectionKind),
    only_second: z.array(sectionKind),
  }),
  /** `your_labels`: the same labels, which neither can know. `reports`: each on labels of its own. Always of kinds that both know. */
  basis: z.enum(['your_labels', 'reports']).nullable(),
  figures: z.tuple([figures, figures]).nullable(),
  /** The second minus the first. */
  difference: figures.nullable(),
  /** Seen from the first; null where there are too few labels that neither can know. */
  duel: duel.nullable(),
  text: z.string(),
  same_labels: z.boolean(),
  /** What each makes of the track, where one was named. */
  sections: z.tuple([trackSections, trackSections]).nullable(),
})

const pair = { one: sectionKind, other: sectionKind }
/** What changes in the library from one version to the other, as far as both have read it. */
export const libraryComparison = z.object({
  versions: z.tuple([z.number(), z.number()]),
  tracks_compared: z.number(),
  /** Analysed tracks that the first, or the second, has still to read. */
  tracks_unread: z.tuple([z.number(), z.number()]),
  tracks_changed: z.number(),
  /** Of all beats compared. */
  changed_share: z.number(),
  changes: z.array(z.object({ ...pair, minutes: z.number() })),
  /** A page of those that changed, the most changed first. */
  tracks: z.array(
    z.object({
      track_id: z.number(),
      title: z.string(),
      artist: z.string().nullable(),
      changed_share: z.number(),
      ...metre,
      differences: z.array(z.object({ ...pair, ...place })),
      strips: z.tuple([z.array(stripPart), z.array(stripPart)]),
    }),
  ),
})

const { get } = operationsOf('models')

export const comparisonOperations = {
  compareModels: get('/api/compare', {
    summary: 'Compares two versions, and what they make of a track where one is named.',
    query: z.strictObject({ one: versionNumber, other: versionNumber, track_id: id.optional() }),
    response: { 200: comparison },
    staleAfter: ['models'],
  }),
  compareLibrary: get('/api/compare/library', {
    summary: 'Says what changes in the library from one version to another.',
    query: z.strictObject({
      one: versionNumber,
      other: versionNumber,
      limit: wholeNumber(z.number().int().min(1).max(500)).default(50),
      offset: wholeNumber(z.number().int().min(0)).default(0),
    }),
    response: { 200: libraryComparison },
    staleAfter: ['sections', 'grid'],
  }),
}
