/**
 * @file Phrases that the sections of a track contradict. Sections mostly begin with a phrase: where most edges lie elsewhere in it, the
 * phrase may begin there; where they lie elsewhere from a moment on, a bar or a beat too many or too few was counted on the way.
 * Method: the edges are cut into stretches, each with one place in the phrase that most of its edges share; dynamic programming over
 * where to cut, which pays for each edge that lies elsewhere, and for each cut.
 * Conventions: places are beats after the start of a phrase as the grid counts them, from 0.
 */
import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, phraseStartAt } from '../beats/beat-grid.ts'
import type { GridEdit } from '../beats/grid-edit.ts'
import { type Span, spansOverlap } from '../labels/span.ts'
import { clock } from '../units/clock.ts'
import { countText } from '../units/count-text.ts'
import { modulo } from '../units/modulo.ts'
import type { Beats } from '../units/units.ts'

export type PhraseFinding = {
  readonly code: 'PHRASE_OFF' | 'PHRASE_SHIFTS'
  readonly message: string
  /** What would put it right. */
  readonly edit: GridEdit
  /** What that is called on a button. */
  readonly editText: string
  /** Where to listen. */
  readonly beat: Beats
}

/** Edges of labels; fewer say nothing about the phrases of a stretch. */
const LEAST_EDGES = 3
/** Of the edges of a stretch that lie at the same place of the phrase. */
const CLEAR_SHARE = 0.75
/** In edges that lie elsewhere: three in a row in the middle of a track are worth two cuts. */
const CUT_COST = 1.25
/** A model leans towards the phrases that the grid has. */
const READ_WEIGHT = 0.5

type Edge = { readonly beat: Beats; readonly place: number; readonly weight: number }
/** Of edges that begin `place` beats into a phrase, from the first of these to the last edge. */
type Stretch = { readonly beat: Beats; readonly lastBeat: Beats; readonly place: number }

const edgesOf = (grid: BeatGrid, labels: readonly Span[], read: readonly Span[]): readonly Edge[] => {
  const { beatsPerBar, beatCount } = grid
  const first = grid.firstPhrase + beatsPerBar
  const weights = new Map<Beats, number>()
  const unlabelled = read.filter((span) => !labels.some((label) => spansOverlap(label, span)))
  for (const [spans, weight] of [
    [unlabelled, READ_WEIGHT],
    [labels, 1],
  ] as const)
    for (const { startBeat, endBeat } of spans) for (const beat of [startBeat, endBeat]) weights.set(beat, weight)
  return [...weights]
    .filter(([beat]) => beat >= first && beat < beatCount - beatsPerBar)
    .map(([beat, weight]) => ({
      beat,
      weight,
      place: modulo(beat - phraseStartAt(grid, beat), beatsPerBar * BARS_PER_PHRASE),
    }))
    .toSorted((a, b) => a.beat - b.beat)
}

/** The stretches that explain the edges best; none where no cut does. */
const stretchesOf = (edges: readonly Edge[]): readonly Stretch[] => {
  /** Of the first edges, as many as the index says: what it costs, and how they are cut. */
  const best: (null | { readonly cost: number; readonly stretches: readonly Stretch[] })[] = [
    { cost: 0, stretches: [] },
  ]
  for (let end = 1; end <= edges.length; end++) {
    const weights = new Map<number, number>()
    let all = 0
    best[end] = null
    for (let start = end - 1; start >= 0; start--) {
      const { place, weight } = edges[start]!
      all += weight
      const there = (weights.get(place) ?? 0) + weight
      weights.set(place, there)
      const before = best[start]!
      // A stretch begins with an edge of its own place; only before the first one may lie elsewhere.
      const [usual, most] = start === 0 ? [...weights].reduce((a, b) => (b[1] > a[1] ? b : a)) : [place, there]
      const last = before?.stretches.at(-1)
      if (!before || most < LEAST_EDGES || most < CLEAR_SHARE * all || last?.place === usual) continue
      const cost = before.cost + all - most + CUT_COST
      if (cost < (best[end]?.cost ?? Number.POSITIVE_INFINITY))
        best[end] = {
          cost,
          stretches: [
            ...before.stretches,
            {
              beat: edges.find((edge, at) => at >= start && edge.place === usual)!.beat,
              lastBeat: edges[end - 1]!.beat,
              place: usual,
            },
          ],
        }
    }
  }
  return best[edges.length]?.stretches ?? []
}

/** The shorter way round: −1 to 2 of 4. */
const nearestTurn = (places: number, round: number): number => {
  const turn = modulo(places, round)
  return turn > round / 2 ? turn - round : turn
}

export const side = (amount: number): string => (amount < 0 ? 'earlier' : 'later')

/** How far two places lie apart: in bars of the phrase, or in beats of the bar where they are no whole bars. */
const turnOf = (places: number, beatsPerBar: number): { readonly amount: number; readonly of: 'bar' | 'beat' } =>
  places % beatsPerBar === 0
    ? { amount: nearestTurn(places / beatsPerBar, BARS_PER_PHRASE), of: 'bar' }
    : { amount: nearestTurn(places, beatsPerBar), of: 'beat' }

const WHOLES = { bar: 'phrase', beat: 'bar' } as const

const offFinding = (grid: BeatGrid, { beat, place }: Stretch): PhraseFinding => {
  const { amount, of } = turnOf(place, grid.beatsPerBar)
  const [whole, words] = [WHOLES[of], `${countText(Math.abs(amount), of)} ${side(amount)}`]
  return {
    code: 'PHRASE_OFF',
    message: `Your sections begin ${words} than the ${whole}s here. Perhaps the ${whole}s begin there.`,
    edit: of === 'bar' ? { kind: 'shift-phrase', bars: amount } : { kind: 'shift', beats: amount },
    editText: `Begin the ${whole}s ${words}`,
    beat,
  }
}

const shiftsFinding = (grid: BeatGrid, stretches: readonly Stretch[]): PhraseFinding => {
  const timeOf = (beat: Beats): string => clock(beatsToSeconds(grid, beat))
  const [shift] = stretches.slice(1)
  const shifts = stretches.slice(1).map(({ beat, place }, at) => {
    const { amount, of } = turnOf(place - stretches[at]!.place, grid.beatsPerBar)
    const words = `${countText(Math.abs(amount), of)} ${side(amount)}`
    return at === 0
      ? `From ${timeOf(beat)} on, your sections begin ${words} in the ${WHOLES[of]} than before`
      : `from ${timeOf(beat)} on ${words} than that`
  })
  const begun = grid.laterPhrases ?? []
  const starts = stretches.flatMap(({ beat, lastBeat, place }, at) => {
    const end = stretches[at + 1]?.beat ?? grid.beatCount
    return [
      beat,
      // Phrases that begin anew already go along with their stretch.
      ...begun.flatMap((later) => (later > beat && later <= lastBeat && later + place < end ? [later + place] : [])),
    ]
  })
  // No edge speaks against those after the last one.
  const untold = begun.filter((later) => later > Math.max(starts.at(-1)!, stretches.at(-1)!.lastBeat))
  const times = stretches.slice(1).map(({ beat }) => timeOf(beat))
  return {
    code: 'PHRASE_SHIFTS',
    message: `${shifts.join(', and ')}.`,
    edit: { kind: 'phrases', seconds: [...starts, ...untold].map((beat) => beatsToSeconds(grid, beat)) },
    editText: `Begin the phrases anew at ${new Intl.ListFormat('en').format(times)}`,
    beat: shift!.beat,
  }
}

/** @param read what a model has read where nobody has labelled */
export const phraseFinding = (grid: BeatGrid, labels: readonly Span[], read: readonly Span[]): PhraseFinding | null => {
  const stretches = stretchesOf(edgesOf(grid, labels, read))
  if (stretches.every(({ place }) => place === 0)) return null
  return stretches.length > 1 ? shiftsFinding(grid, stretches) : offFinding(grid, stretches[0]!)
}
