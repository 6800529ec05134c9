/**
 * How often the label doctor finds phrases that begin anew: bars or beats put into tracks before one of their edges, twice in some, are to be
 * found there, be silent once mended, and nothing is to be said of the tracks as they are.
 */
import { applyGridEdit } from '../../src/core/beats/apply-grid-edit.ts'
import { type BeatGrid, beatsToSeconds } from '../../src/core/beats/beat-grid.ts'
import { carrySpans } from '../../src/core/labels/carry-spans.ts'
import type { Span } from '../../src/core/labels/span.ts'
import { phraseFinding } from '../../src/core/sections/phrase-finding.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { alignColumns } from './table.ts'

export type EdgedTrack = { readonly grid: BeatGrid; readonly labels: readonly Span[] }

const GENERATED = 1000
/** In bars; dance music mostly has these. */
const LENGTHS = [4, 8, 8, 16, 16, 32]
/** Where a person may mark an edge beside its place, in beats. */
const BESIDE = [-4, -1, 1, 4]
/** Edges between two shifts, and before the first and after the last. */
const LEAST_EDGES = 3
/** Beats that are put in: whole bars, and parts of one. */
const PUT_IN = {
  'one shift by bars': [4, 8, 12],
  'two shifts by bars': [4, 8, 12],
  'one shift by 1 to 3 beats': [1, 2, 3],
}

const drawnFrom = <Value>(values: readonly Value[], random: () => number): Value =>
  values[Math.floor(random() * values.length)]!

/** Tracks of eight to fourteen sections in whole phrases. @param besideShare of edges that are marked a beat or a bar beside their place */
export const generatedEdges = (seed: number, besideShare: number): readonly EdgedTrack[] => {
  const random = createRandom(seed)
  return Array.from({ length: GENERATED }, (): EdgedTrack => {
    const edges = [0]
    const sections = 8 + Math.floor(random() * 7)
    for (let n = 0; n < sections; n++) edges.push(edges.at(-1)! + 4 * drawnFrom(LENGTHS, random))
    const marked = edges.map((beat, at) => (at > 0 && random() < besideShare ? beat + drawnFrom(BESIDE, random) : beat))
    return {
      labels: marked.slice(1).map((endBeat, at) => ({ startBeat: marked[at]!, endBeat })),
      grid: {
        anchors: [{ beat: 0, seconds: 0, bpm: 126 }],
        beatCount: edges.at(-1)! + 16,
        beatsPerBar: 4,
        firstDownbeat: 0,
        firstPhrase: 0,
        tempoConfidence: 0.9,
        downbeatConfidence: 0.9,
        phraseConfidence: 0.9,
      },
    }
  })
}

const edgesOf = ({ labels }: EdgedTrack): readonly number[] =>
  [...new Set(labels.flatMap(({ startBeat, endBeat }) => [startBeat, endBeat]))].toSorted((a, b) => a - b)

/** The track with so many beats more before one of its beats. */
const putIn = ({ grid, labels }: EdgedTrack, before: number, beats: number): EdgedTrack => {
  const later = (beat: number): number => (beat >= before ? beat + beats : beat)
  return {
    grid: { ...grid, beatCount: grid.beatCount + beats },
    labels: labels.map(({ startBeat, endBeat }) => ({ startBeat: later(startBeat), endBeat: later(endBeat) })),
  }
}

const findingOf = ({ grid, labels }: EdgedTrack): ReturnType<typeof phraseFinding> => phraseFinding(grid, labels, [])

const isSettled = (track: EdgedTrack): boolean => {
  const found = findingOf(track)
  if (found === null) return false
  const grid = applyGridEdit(track.grid, found.edit, beatsToSeconds(track.grid, track.grid.beatCount))
  return findingOf({ grid, labels: carrySpans(track.labels, track.grid, grid) }) === null
}

/** @returns null where a track has too few edges for so many shifts */
const plant = (
  track: EdgedTrack,
  {
    shifts,
    amounts,
    random,
  }: { readonly shifts: number; readonly amounts: readonly number[]; readonly random: () => number },
): { readonly track: EdgedTrack; readonly first: number } | null => {
  const count = edgesOf(track).length
  // The outer edges of a track say nothing of its phrases.
  const [lowest, room] = [1 + LEAST_EDGES, count - 2 - LEAST_EDGES * (shifts + 1)]
  if (room < 0) return null
  const draw = (most: number): number => Math.floor(random() * (most + 1))
  const [lead, gap] = [draw(room), LEAST_EDGES + (shifts > 1 ? draw(room) : 0)]
  const places = Array.from({ length: shifts }, (_, n) => Math.min(lowest + lead + n * gap, count - 1 - LEAST_EDGES))
  let planted = track
  for (const place of places) planted = putIn(planted, edgesOf(planted)[place]!, drawnFrom(amounts, random))
  return { track: planted, first: edgesOf(planted)[places[0]!]! }
}

/** Whether a shift is told at its edge, or, as that may lie beside its place, at the next. */
const isNear = (track: EdgedTrack, first: number): boolean => {
  const found = findingOf(track)
  const next = edgesOf(track).find((beat) => beat > first)!
  return found !== null && found.beat >= first && found.beat <= next
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${part} of ${whole}`)

export const phraseShiftFigures = (name: string, tracks: readonly EdgedTrack[], seed: number): readonly string[][] => {
  const random = createRandom(seed)
  const silent = tracks.filter((track) => findingOf(track) === null)
  const rows = Object.entries(PUT_IN).map(([what, amounts]) => {
    const shifts = what.startsWith('two') ? 2 : 1
    const planted = silent.flatMap((track) => plant(track, { shifts, amounts, random }) ?? [])
    const found = planted.filter(({ track, first }) => isNear(track, first))
    const settled = planted.filter(({ track }) => isSettled(track))
    return [`${name}: ${what}`, share(found.length, planted.length), share(settled.length, planted.length)]
  })
  return [[`${name}: as they are`, share(tracks.length - silent.length, tracks.length), '–'], ...rows]
}

export const phraseShiftTable = (rows: readonly (readonly string[])[]): string =>
  alignColumns([['phrases that begin anew', 'told, at its edge or the next', 'silent after one press'], ...rows])
