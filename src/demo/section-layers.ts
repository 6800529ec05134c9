import type { SectionKind } from '../core/labels/section-kind.ts'
import type { Span } from '../core/labels/span.ts'
import type { Random } from '../core/support/random.ts'
import { chance, pick, within } from './draw.ts'
import type { Layer, LayerPlan, SweepPlan } from './section-plan.ts'

export type Arrangement = { readonly layers: readonly LayerPlan[]; readonly sweeps: readonly SweepPlan[] }

/** Facts about the whole track that all its sections share. */
export type Cast = {
  readonly breakLoop: boolean
  readonly dropLead: boolean
  readonly dropChords: boolean
  readonly dropVocalChops: boolean
  readonly chorusLead: boolean
  readonly song: boolean
}

type Stage = { readonly span: Span; readonly cast: Cast; readonly random: Random }

/** A bar line about `share` of the way through the section. */
const barAt = ({ startBeat, endBeat }: Span, share: number): number =>
  startBeat + 4 * Math.round(((endBeat - startBeat) * share) / 4)

const play = (span: Span, layer: Layer, gainDb = 0, from = 0, to = 1): LayerPlan => ({
  layer,
  gainDb,
  startBeat: barAt(span, from),
  endBeat: barAt(span, to),
})

const sweep = (
  span: Span,
  bus: SweepPlan['bus'],
  control: SweepPlan['control'],
  range: readonly [number, number],
): SweepPlan => ({
  ...span,
  bus,
  control,
  from: range[0],
  to: range[1],
})

const arrangeIntro = ({ span, cast, random }: Stage): Arrangement => {
  const flavour = pick(['drums', 'drums', 'atmosphere', 'melodic'] as const, random)
  const level = within([-4, -1], random)
  if (flavour === 'drums') {
    const hatsFrom = pick([0, 0.25, 0.5], random)
    return {
      layers: [
        play(span, 'kick'),
        play(span, 'hats', -2, hatsFrom),
        play(span, 'percussion', 0, pick([0, 0.25, 0.5], random)),
        play(span, 'snare', -3, pick([0.5, 0.75, 0.25], random)),
        play(span, 'atmosphere', 2),
        ...(cast.breakLoop ? [play(span, 'break-loop', -4, 0.5)] : []),
        ...(chance(0.35, random) ? [play(span, 'bass', -4, 0.5)] : []),
        ...(chance(0.5, random)
          ? [play(span, pick(['arp', 'chords'] as const, random), -5, pick([0, 0.5], random))]
          : []),
      ],
      sweeps: [
        sweep(span, 'master', 'level-db', [level, level + 1]),
        sweep(span, 'bass', 'low-pass-hz', [180, 400]),
        ...(chance(0.4, random) ? [sweep(span, 'tops', 'low-pass-hz', [1500, 14000])] : []),
        ...(chance(0.3, random) ? [sweep(span, 'kick', 'high-pass-hz', [150, 30])] : []),
      ],
    }
  }
  const drums = chance(0.6, random)
  return {
    layers: [
      play(span, 'atmosphere', 6),
      play(span, 'pad', flavour === 'atmosphere' ? 2 : -4),
      ...(flavour === 'melodic' ? [play(span, pick(['chords', 'arp'] as const, random), -1)] : []),
      ...(chance(0.4, random) ? [play(span, 'lead', -4, 0.5)] : []),
      ...(drums ? [play(span, 'hats', -3, 0.5), play(span, 'kick', -1, pick([0.5, 0.75], random))] : []),
      ...(chance(0.3, random) ? [play(span, 'percussion', 0, 0.5)] : []),
    ],
    sweeps: [
      sweep(span, 'music', 'low-pass-hz', [within([250, 600], random), within([2000, 7000], random)]),
      sweep(span, 'master', 'level-db', [level - 1, level + 1]),
    ],
  }
}

const arrangeBuild = ({ span, cast, random }: Stage): Arrangement => {
  const drums = chance(0.6, random)
  const leaves = pick([0.75, 1, 0.5], random)
  return {
    layers: [
      play(span, 'pad', -3),
      play(span, pick(['chords', 'arp'] as const, random), -3, pick([0, 0, 0.5], random)),
      play(span, 'atmosphere', 4),
      ...(drums ? [play(span, 'kick', -2, 0, leaves), play(span, 'hats', -3, 0.25)] : [play(span, 'hats', -4, 0.5)]),
      ...(drums && chance(0.5, random) ? [play(span, 'snare', -3, 0, 0.5)] : []),
      ...(chance(0.3, random) ? [play(span, 'bass', -5, 0, 0.5)] : []),
      ...(chance(0.35, random) ? [play(span, 'lead', -5, 0.5)] : []),
      ...(cast.song && chance(0.6, random) ? [play(span, 'vocal', -2)] : []),
    ],
    sweeps: [
      sweep(span, 'music', 'low-pass-hz', [within([500, 1200], random), 15000]),
      sweep(span, 'master', 'level-db', [within([-4, -2], random), within([-0.5, 0.5], random)]),
      ...(chance(0.5, random) ? [sweep(span, 'kick', 'high-pass-hz', [30, 250])] : []),
      ...(chance(0.5, random) ? [sweep(span, 'music', 'high-pass-hz', [30, within([200, 500], random)])] : []),
      sweep(span, 'bass', 'high-pass-hz', [40, 200]),
    ],
  }
}

const arrangeDrop = ({ span, cast, random }: Stage): Arrangement => ({
  layers: [
    play(span, 'kick'),
    play(span, 'snare'),
    play(span, 'hats'),
    play(span, 'percussion', 0, pick([0, 0, 0.25], random)),
    play(span, 'bass'),
    ...(chance(0.6, random) ? [play(span, 'cymbals', -1, pick([0, 0.5], random))] : []),
    ...(cast.breakLoop ? [play(span, 'break-loop', -1)] : []),
    ...(cast.dropChords ? [play(span, 'chords', 1, pick([0, 0, 0.25], random))] : []),
    ...(cast.dropLead
      ? [play(span, 'lead', 0, pick([0, 0, 0.5], random))]
      : [play(span, 'arp', 1, pick([0, 0, 0.5], random))]),
    ...(cast.dropVocalChops ? [play(span, 'vocal', -5, 0.5)] : []),
    ...(chance(0.6, random) ? [play(span, 'pad', -2)] : []),
  ],
  sweeps: [sweep(span, 'master', 'level-db', [within([-0.8, 0], random), 0])],
})

const arrangeBreak = ({ span, cast, random }: Stage): Arrangement => {
  const level = within([-3.5, -0.5], random)
  const melody = pick(['lead', 'arp', 'chords'] as const, random)
  return {
    layers: [
      play(span, 'pad', -1),
      play(span, 'atmosphere', 6),
      play(span, melody, -2, pick([0, 0.5], random)),
      ...(chance(0.35, random) ? [play(span, 'chords', -3)] : []),
      ...(chance(0.35, random) ? [play(span, 'percussion', -2, pick([0, 0.5], random))] : []),
      ...(chance(0.35, random) ? [play(span, 'hats', -4, pick([0, 0.5], random))] : []),
      ...(chance(0.2, random) ? [play(span, 'kick', -2, pick([0, 0.5], random))] : []),
      ...(chance(0.6, random) ? [play(span, 'bass', -2, pick([0, 0, 0.5], random))] : []),
      ...(chance(cast.song ? 0.5 : 0.12, random) ? [play(span, 'vocal', -2)] : []),
    ],
    sweeps: [
      sweep(span, 'master', 'level-db', [level - 1, level]),
      sweep(span, 'bass', 'low-pass-hz', [250, 600]),
      ...(chance(0.5, random) ? [sweep(span, 'music', 'low-pass-hz', [within([1500, 5000], random), 14000])] : []),
    ],
  }
}

const arrangeOutro = ({ span, cast, random }: Stage): Arrangement => {
  const end = within([-12, -5], random)
  if (chance(0.7, random)) {
    return {
      layers: [
        play(span, 'kick', 0, 0, pick([1, 1, 0.75], random)),
        play(span, 'hats', -1, 0, pick([0.75, 0.5, 1], random)),
        play(span, 'percussion', -1, 0, pick([1, 0.75], random)),
        ...(chance(0.6, random) ? [play(span, 'snare', -2, 0, pick([0.5, 0.75], random))] : []),
        ...(chance(0.4, random) ? [play(span, 'bass', -4, 0, 0.5)] : []),
        ...(cast.breakLoop ? [play(span, 'break-loop', -4, 0, 0.5)] : []),
        ...(chance(0.6, random) ? [play(span, pick(['arp', 'chords', 'pad'] as const, random), -4, 0, 0.5)] : []),
        play(span, 'atmosphere', 2),
      ],
      sweeps: [
        sweep(span, 'master', 'level-db', [within([-3.5, -2], random), end]),
        ...(chance(0.5, random) ? [sweep(span, 'tops', 'low-pass-hz', [12000, 2500])] : []),
        sweep(span, 'bass', 'low-pass-hz', [500, 150]),
      ],
    }
  }
  return {
    layers: [
      play(span, 'pad', 0),
      play(span, 'atmosphere', 6),
      ...(chance(0.5, random) ? [play(span, pick(['chords', 'arp', 'lead'] as const, random), -3, 0, 0.75)] : []),
      ...(chance(0.5, random) ? [play(span, 'hats', -4, 0, 0.5), play(span, 'kick', -2, 0, 0.5)] : []),
    ],
    sweeps: [
      sweep(span, 'master', 'level-db', [-4, end - 3]),
      sweep(span, 'music', 'low-pass-hz', [7000, within([400, 1500], random)]),
    ],
  }
}

const arrangeVerse = ({ span, random }: Stage): Arrangement => {
  const level = within([-2.5, -0.5], random)
  return {
    layers: [
      play(span, 'kick', -1),
      play(span, 'snare', -1.5, chance(0.3, random) ? 0.25 : 0),
      play(span, 'hats', -2, pick([0, 0, 0.5], random)),
      play(span, 'bass', -1),
      play(span, 'vocal', 0),
      ...(chance(0.65, random) ? [play(span, pick(['chords', 'arp'] as const, random), -4)] : []),
      ...(chance(0.4, random) ? [play(span, 'percussion', -2, 0.5)] : []),
      ...(chance(0.35, random) ? [play(span, 'pad', -4)] : []),
    ],
    sweeps: [
      sweep(span, 'master', 'level-db', [level, level + 0.5]),
      sweep(span, 'music', 'low-pass-hz', [within([2000, 4000], random), within([3000, 7000], random)]),
    ],
  }
}

const arrangeChorus = ({ span, cast, random }: Stage): Arrangement => ({
  layers: [
    play(span, 'kick'),
    play(span, 'snare'),
    play(span, 'hats'),
    play(span, 'percussion', -1),
    play(span, 'bass'),
    play(span, 'chords', 1),
    play(span, 'pad', -2),
    play(span, 'vocal', 1),
    ...(chance(0.6, random) ? [play(span, 'cymbals', -2)] : []),
    ...(cast.chorusLead ? [play(span, 'lead', -3, pick([0, 0.5], random))] : [play(span, 'arp', -2)]),
  ],
  sweeps: [sweep(span, 'master', 'level-db', [within([-1.5, 0], random), 0])],
})

const arrangements: Readonly<Record<SectionKind, (stage: Stage) => Arrangement>> = {
  intro: arrangeIntro,
  build: arrangeBuild,
  drop: arrangeDrop,
  break: arrangeBreak,
  outro: arrangeOutro,
  verse: arrangeVerse,
  chorus: arrangeChorus,
}

/** Which layers play where in a section of a kind, and what is swept over it. */
export const arrangeSection = (kind: SectionKind, stage: Stage): Arrangement => {
  const { layers, sweeps } = arrangements[kind](stage)
  return { layers: layers.filter(({ startBeat, endBeat }) => endBeat > startBeat), sweeps }
}
