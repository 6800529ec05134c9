/**
 * @file Which cues to write for the sections of a track.
 * Method: a cue at the beginning of each section, loops of its first or last bars, a count-down before each drop, and where to mix in
 * and out. Pads and memory cues are few: where there are more sections, the most telling ones are taken and laid out in order of time.
 * Conventions: sections are half-open spans of beats in their order; times come from the grid.
 */
import { beatsToSeconds } from '../../beats/beat-grid.ts'
import { SECTION_COLOURS, type SectionKind } from '../../labels/section-kind.ts'
import { type Span, spanLength } from '../../labels/span.ts'
import type { ExportedCue, ExportedGrid } from './exported-library.ts'

export type PlannedSection = Span & {
  readonly kind: SectionKind
  /** 1 to 10; left out where it was not measured. */
  readonly energy?: number
  /** The person's own kind that stands for it; left out for none. */
  readonly own?: { readonly name: string; readonly colour: string }
}

export const CUE_PLACES = ['hot', 'memory', 'both'] as const
export type CuePlace = (typeof CUE_PLACES)[number]

export const LOOP_BARS = [4, 8, 16] as const
export const LEAD_IN_BARS = [8, 16, 32] as const

export type CuePlan = {
  /** Sections as hot cues, as memory cues, or as both. */
  readonly place: CuePlace
  /** Only sections of these kinds. */
  readonly kinds: readonly SectionKind[]
  /** `{kind}` or `{Kind}`, the person's own where there is one; `{seven}` or `{Seven}` for the one of the seven; `{energy}` for its energy from 1 to 10; `{n}` for the how manieth of its kind, `{bars}` for its length. */
  readonly nameTemplate: string
  readonly colours: Readonly<Record<SectionKind, string>>
  readonly loop: { readonly bars: (typeof LOOP_BARS)[number]; readonly at: 'start' | 'end' } | null
  /** Memory cues so many bars before each drop. */
  readonly leadInBars: readonly number[]
  readonly mixPoints: boolean
  /** How many pads may be used, from the first. */
  readonly pads: number
  /** How many memory cues the program takes. */
  readonly memoryCues: number
}

/** Players of this kind show ten memory cues and eight pads. */
export const DEFAULT_CUE_PLAN: CuePlan = {
  place: 'hot',
  kinds: ['intro', 'build', 'drop', 'break', 'outro', 'verse', 'chorus'],
  nameTemplate: '{Kind}',
  colours: SECTION_COLOURS,
  loop: null,
  leadInBars: [],
  mixPoints: false,
  pads: 8,
  memoryCues: 10,
}

export type PlannedCues = {
  readonly cues: readonly ExportedCue[]
  /** For which there was no pad or memory cue left. */
  readonly leftOut: number
}

/** Which kinds a DJ jumps to first. */
const IMPORTANCE: readonly SectionKind[] = ['drop', 'intro', 'outro', 'break', 'build', 'chorus', 'verse']

/** Where the person has set that the track comes in and goes out, in beats; sections say so where nothing is set. */
export type MixBeats = { readonly into: readonly number[]; readonly out: readonly number[] }

type Numbered = PlannedSection & { readonly number: number }

const numbered = (sections: readonly PlannedSection[]): readonly Numbered[] => {
  const counts = new Map<SectionKind, number>()
  return sections.map((section) => {
    const number = (counts.get(section.kind) ?? 0) + 1
    counts.set(section.kind, number)
    return { ...section, number }
  })
}

/** The first of every kind comes before the second of any. */
const byImportance = (a: Numbered, b: Numbered): number =>
  a.number - b.number || IMPORTANCE.indexOf(a.kind) - IMPORTANCE.indexOf(b.kind)

const capitalised = (kind: string): string => kind[0]!.toUpperCase() + kind.slice(1)

const cueName = (template: string, { kind, own, energy, number }: Numbered, bars: number): string =>
  template
    .replaceAll('{kind}', () => own?.name ?? kind)
    .replaceAll('{Kind}', () => capitalised(own?.name ?? kind))
    .replaceAll('{seven}', kind)
    .replaceAll('{Seven}', capitalised(kind))
    .replaceAll('{energy}', String(energy ?? ''))
    .replaceAll('{n}', String(number))
    .replaceAll('{bars}', String(bars))
    .trim()

type Point = Omit<ExportedCue, 'pad'>

const loopOf = (section: Numbered, grid: ExportedGrid, loop: NonNullable<CuePlan['loop']>): Span | null => {
  const beats = loop.bars * grid.beatsPerBar
  if (spanLength(section) < beats) return null
  return loop.at === 'start'
    ? { startBeat: section.startBeat, endBeat: section.startBeat + beats }
    : { startBeat: section.endBeat - beats, endBeat: section.endBeat }
}

/** Cues for memory and the pads that are left over, after those of the sections. */
const extraPoints = (
  sections: readonly Numbered[],
  grid: ExportedGrid,
  { byHand, ...plan }: CuePlan & { readonly byHand: MixBeats },
): { readonly loops: readonly Point[]; readonly marks: readonly Point[] } => {
  const at = (beat: number): number => beatsToSeconds(grid, beat)
  const barsOf = (section: Numbered): number => Math.round(spanLength(section) / grid.beatsPerBar)
  const loops = sections.flatMap((section): Point[] => {
    const span = plan.loop && loopOf(section, grid, plan.loop)
    if (span === null) return []
    const name = cueName(plan.nameTemplate, section, barsOf(section))
    return [
      {
        startSeconds: at(span.startBeat),
        endSeconds: at(span.endBeat),
        name,
        colour: section.own?.colour ?? plan.colours[section.kind],
      },
    ]
  })
  const leadIns = sections
    .filter(({ kind }) => kind === 'drop')
    .flatMap((drop) =>
      plan.leadInBars.flatMap((bars): Point[] => {
        const beat = drop.startBeat - bars * grid.beatsPerBar
        if (beat < 0) return []
        return [
          {
            startSeconds: at(beat),
            endSeconds: null,
            name: `${bars} bars to ${cueName(plan.nameTemplate, drop, barsOf(drop))}`,
            colour: null,
          },
        ]
      }),
    )
  const outro = sections.findLast(({ kind }) => kind === 'outro')
  const [first] = sections
  const mix = (own: readonly number[], section: Numbered | undefined, name: string): readonly Point[] =>
    (own.length > 0 ? own : section ? [section.startBeat] : []).map((beat) => ({
      startSeconds: at(beat),
      endSeconds: null,
      name,
      colour: null,
    }))
  const mixPoints = plan.mixPoints ? [...mix(byHand.into, first, 'Mix in'), ...mix(byHand.out, outro, 'Mix out')] : []
  return { loops, marks: [...mixPoints, ...leadIns] }
}

const byTime = (a: Point, b: Point): number => a.startSeconds - b.startSeconds

/** @param sections in their order; those before the first beat are not written */
export const planCues = (
  sections: readonly PlannedSection[],
  grid: ExportedGrid,
  plan: CuePlan = DEFAULT_CUE_PLAN,
  byHand: MixBeats = { into: [], out: [] },
): PlannedCues => {
  const wanted = numbered(sections.filter(({ kind, startBeat }) => plan.kinds.includes(kind) && startBeat >= 0))
  const ranked = wanted.toSorted(byImportance).map(
    (section): Point => ({
      startSeconds: beatsToSeconds(grid, section.startBeat),
      endSeconds: null,
      name: cueName(plan.nameTemplate, section, Math.round(spanLength(section) / grid.beatsPerBar)),
      colour: section.own?.colour ?? plan.colours[section.kind],
    }),
  )
  const { loops, marks } = extraPoints(wanted, grid, { ...plan, byHand })
  const hot = plan.place === 'memory' ? [] : [...ranked, ...loops]
  // What is on a pad already gives way in memory to what is nowhere else.
  const memory = { hot: marks, memory: [...ranked, ...marks, ...loops], both: [...marks, ...ranked, ...loops] }[
    plan.place
  ]
  const onPads = hot.slice(0, plan.pads).toSorted(byTime)
  const inMemory = memory.slice(0, plan.memoryCues).toSorted(byTime)
  const written = new Set([...onPads, ...inMemory])
  return {
    cues: [...onPads.map((point, pad) => ({ ...point, pad })), ...inMemory.map((point) => ({ ...point, pad: null }))],
    leftOut: [...ranked, ...loops, ...marks].filter((point) => !written.has(point)).length,
  }
}
