import { writeFileSync } from 'node:fs'
import { type BeatGrid, secondsToBeats } from '../src/core/beats/beat-grid.ts'
import type { SectionKind } from '../src/core/labels/section-kind.ts'
import type { Span } from '../src/core/labels/span.ts'
import { beatPeriod } from '../src/core/units/units.ts'
import { renderWav } from '../src/demo/generate-track.ts'
import type { SectionPlan } from '../src/demo/section-plan.ts'
import { planTrack, type TrackPlan } from '../src/demo/track-plan.ts'

/** House: intro, builds, drops, breaks, outro; begins on a bar line. */
export const houseTrack = (seed: number): TrackPlan => {
  const plan = planTrack(seed, 'house')
  if (plan.firstDownbeat !== 0) throw new Error(`House track ${seed} begins with a pick-up.`)
  return plan
}

const shifted = <Part extends Span>(part: Part, beats: number): Part => ({
  ...part,
  startBeat: part.startBeat + beats,
  endBeat: part.endBeat + beats,
})

const append = (sections: readonly SectionPlan[], section: SectionPlan): readonly SectionPlan[] => {
  const beats = (sections.at(-1)?.endBeat ?? 0) - section.startBeat
  const { layers, sweeps } = section
  const moved = shifted(section, beats)
  return [
    ...sections,
    {
      ...moved,
      layers: layers.map((layer) => shifted(layer, beats)),
      sweeps: sweeps.map((sweep) => shifted(sweep, beats)),
    },
  ]
}

/** The first track with the middles of the others before its outro: an extended mix, all with the sounds of the first. */
export const extendedMix = (first: number, ...others: readonly number[]): TrackPlan => {
  const plan = houseTrack(first)
  const middles = others.flatMap((seed) => houseTrack(seed).sections.slice(1, -1))
  const sections = [...plan.sections.slice(0, -1), ...middles, plan.sections.at(-1)!]
  return { ...plan, sections: sections.reduce(append, []) }
}

export const writeTrack = async (path: string, plan: TrackPlan): Promise<void> =>
  writeFileSync(path, await renderWav(plan))

export type TrueSection = Span & { readonly kind: SectionKind }

/** What the track was made from, in beats of the grid that was found in it; the first section begins and the last ends with the grid. */
export const trueSections = (plan: TrackPlan, grid: BeatGrid): readonly TrueSection[] => {
  const beatOf = (beat: number): number =>
    Math.round(secondsToBeats(grid, plan.firstBeatSeconds + beat * beatPeriod(plan.bpm)))
  return plan.sections.map(({ kind, startBeat, endBeat }, index) => ({
    kind,
    startBeat: index === 0 ? 0 : beatOf(startBeat),
    endBeat: index === plan.sections.length - 1 ? grid.beatCount : beatOf(endBeat),
  }))
}
