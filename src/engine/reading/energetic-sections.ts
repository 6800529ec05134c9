import { sectionEnergy } from '../../core/sections/section-energy.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackSections } from './track-sections.ts'

/** Sections with the energy of each. */
export type EnergeticSections = Omit<TrackSections, 'sections'> & {
  readonly sections: readonly (TrackSections['sections'][number] & {
    /** 1 to 10; null where it was not measured. */
    readonly energy: number | null
  })[]
}

/** The curve of a track is long, so it is looked up only for who asks for one track. */
export const withEnergy = (store: Store, read: TrackSections): EnergeticSections => {
  const curve = store.analyses.get(read.trackId)?.facts.energyCurve ?? []
  const grid = store.grids.current(read.trackId)?.grid
  const energyOf = (section: TrackSections['sections'][number]): number | null =>
    grid === undefined ? null : sectionEnergy(curve, grid, section)
  return { ...read, sections: read.sections.map((section) => ({ ...section, energy: energyOf(section) })) }
}
