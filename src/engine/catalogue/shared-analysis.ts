import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { sectionEnergy } from '../../core/sections/section-energy.ts'
import { UserError } from '../../core/support/user-error.ts'
import { AUDIBLE_SHARE } from '../../core/tags/audible-share.ts'
import { countTags, readTags } from '../../platform/catalogue/sound-rows.ts'
import type { AnalysisActions } from '../analysis/analysis-actions.ts'
import type { EnergeticSections } from '../reading/energetic-sections.ts'
import type { ReadingActions } from '../reading/reading-actions.ts'
import { peaksKey } from './analyse-stored.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'
import { offering } from './refusing.ts'
import { requireShared } from './shared-tracks.ts'

/** What workers have measured and heard. */
export const sharedAnalysis = ({ sql, objects }: Catalogue, people: Pick<People, 'current'>): AnalysisActions =>
  offering<AnalysisActions>('analysis', {
    libraryTags: async () => {
      people.current()
      return countTags(sql, AUDIBLE_SHARE)
    },
    trackTags: async (reference) => {
      const { track, packDigest } = await requireShared(sql, people.current(), reference)
      return packDigest === null ? null : ((await readTags(sql, [track.id])).get(track.id) ?? [])
    },
    waveform: async (reference) => {
      const { audioDigest } = (await requireShared(sql, people.current(), reference)).track
      const bytes = await objects.get(peaksKey(audioDigest))
      if (bytes === null) throw new UserError('ANALYSIS_REQUIRED', 'Its waveform is drawn once it is analysed.')
      return { audioDigest, bytes }
    },
  })

/** What the shipped model has read on the way; a catalogue has no versions of its own yet, so that none is active. */
export const sharedReading = ({ sql }: Catalogue, people: Pick<People, 'current'>): ReadingActions => {
  const storedSections = async (reference: string, version?: number): Promise<EnergeticSections | null> => {
    const { track, grid, analysis } = await requireShared(sql, people.current(), reference)
    if (grid === null || !analysis?.sections || version === undefined || version !== analysis.sectionsVersion)
      return null
    return {
      trackId: track.id,
      version,
      scope: null,
      madeAt: analysis.analysedAt,
      sections: analysis.sections.map((section) => ({
        ...section,
        startSeconds: beatsToSeconds(grid.grid, section.startBeat),
        endSeconds: beatsToSeconds(grid.grid, section.endBeat),
        energy: sectionEnergy(analysis.facts.energyCurve, grid.grid, section),
      })),
    }
  }
  return offering<ReadingActions>('reading', {
    storedSections,
    readSections: async (reference, { version } = {}) => {
      const sections = await storedSections(reference, version)
      if (sections !== null) return sections
      throw new UserError('MODEL_NOT_FOUND', `No version ${version ?? 'is active'} in this catalogue.`)
    },
  })
}
