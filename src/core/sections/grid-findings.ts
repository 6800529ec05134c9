/**
 * @file What may be wrong with the grid under the labels of a track: doubts of the grid's own tests, and phrases that the edges contradict.
 * Method: sections mostly begin with a phrase; where most edges of a track lie elsewhere in it, the phrase may begin there; where they
 * lie elsewhere from a moment on, a bar too many or too few was counted on the way.
 * Conventions: only edges at the start of a bar count; places are whole bars after the start of a phrase, 0 to 3.
 */
import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { GridAlternative, GridEdit } from '../beats/grid-edit.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import type { Span } from '../labels/span.ts'
import { likelyAlternatives } from '../quality/doubtful-estimates.ts'
import { clock } from '../units/clock.ts'
import { countText } from '../units/count-text.ts'
import type { Beats } from '../units/units.ts'

export type GridFinding = {
  readonly code: 'GRID_DOUBT' | 'PHRASE_OFF' | 'PHRASE_SHIFTS'
  readonly message: string
  /** What would put it right. */
  readonly edit: GridEdit
  /** What that is called on a button. */
  readonly editText: string
  /** Where to listen. */
  readonly beat: Beats
}

/** Fewer edges say nothing about a track's phrases. */
const LEAST_EDGES = 3
/** Of edges that lie at the same place of the phrase. */
const CLEAR_SHARE = 0.75

const side = (amount: number): string => (amount < 0 ? 'earlier' : 'later')

const doubtOf = ({ edit }: GridAlternative, grid: BeatGrid): Pick<GridFinding, 'message' | 'editText'> | null => {
  const bpm = mainTempo(grid)
  switch (edit.kind) {
    case 'half-beat':
      return {
        message: 'The beats may lie half a beat off here.',
        editText: `Move the beats half a beat ${edit.direction}`,
      }
    case 'halve':
      return { message: `The tempo may be half of this, ${(bpm / 2).toFixed(1)} BPM.`, editText: 'Halve the tempo' }
    case 'double':
      return { message: `The tempo may be twice this, ${(2 * bpm).toFixed(1)} BPM.`, editText: 'Double the tempo' }
    case 'tempo':
      return { message: `The tempo may be ${edit.bpm.toFixed(1)} BPM.`, editText: `Set ${edit.bpm.toFixed(1)} BPM` }
    case 'shift': {
      const words = `${countText(Math.abs(edit.beats), 'beat')} ${side(edit.beats)}`
      return { message: `The bar may begin ${words}.`, editText: `Begin the bar ${words}` }
    }
    case 'metre':
      return { message: `There may be ${edit.beats} beats to the bar.`, editText: `Count ${edit.beats} to the bar` }
    default:
      return null
  }
}

const gridDoubts = (grid: BeatGrid): readonly GridFinding[] =>
  likelyAlternatives(grid).flatMap((alternative) => {
    const words = doubtOf(alternative, grid)
    return words === null
      ? []
      : [{ code: 'GRID_DOUBT' as const, ...words, edit: alternative.edit, beat: grid.firstDownbeat }]
  })

type Placed = { readonly beat: Beats; readonly place: number }

/** The place where most of these edges lie; null where they do not agree. */
const usualPlace = (edges: readonly Placed[]): number | null => {
  if (edges.length < LEAST_EDGES) return null
  const [place, there] = [...Map.groupBy(edges, (edge) => edge.place)].reduce((most, one) =>
    one[1].length > most[1].length ? one : most,
  )
  return there.length >= CLEAR_SHARE * edges.length ? place : null
}

/** From −1 to 2 bars. */
const nearestTurn = (bars: number): number => {
  const turn = ((bars % BARS_PER_PHRASE) + BARS_PER_PHRASE) % BARS_PER_PHRASE
  return turn > BARS_PER_PHRASE / 2 ? turn - BARS_PER_PHRASE : turn
}

const barsText = (bars: number): string => `${countText(Math.abs(bars), 'bar')} ${side(bars)}`

const timeOf = (grid: BeatGrid, beat: Beats): string => clock(beatsToSeconds(grid, beat))

/** A grid counts its phrases once, so that they can fit the longer part of a track that shifts them. */
const longerFits = (
  grid: BeatGrid,
  { beat, from, to }: { readonly beat: Beats; readonly from: number; readonly to: number },
): { readonly edit: Extract<GridEdit, { kind: 'shift-phrase' }>; readonly editText: string } => {
  const isLater = grid.beatCount - beat > beat
  const bars = nearestTurn(isLater ? to : from)
  const part = isLater ? `from ${timeOf(grid, beat)} on` : `until ${timeOf(grid, beat)}`
  const editText =
    bars === 0 ? `Keep the phrases that fit ${part}` : `Begin the phrases ${barsText(bars)}, to fit ${part}`
  return { edit: { kind: 'shift-phrase', bars }, editText }
}

const phraseFinding = (grid: BeatGrid, labels: readonly Span[]): GridFinding | null => {
  const { beatsPerBar, firstPhrase, beatCount } = grid
  const beats = [...new Set(labels.flatMap(({ startBeat, endBeat }) => [startBeat, endBeat]))].toSorted((a, b) => a - b)
  const edges = beats.flatMap((beat): Placed[] => {
    const bars = (beat - firstPhrase) / beatsPerBar
    const isInner = beat >= firstPhrase + beatsPerBar && beat < beatCount - beatsPerBar
    return isInner && Number.isInteger(bars) ? [{ beat, place: bars % BARS_PER_PHRASE }] : []
  })
  const usual = usualPlace(edges)
  if (usual !== null) {
    if (usual === 0) return null
    const bars = nearestTurn(usual)
    return {
      code: 'PHRASE_OFF',
      message: `Your sections begin ${barsText(bars)} than the phrases here. Perhaps the phrases begin there.`,
      edit: { kind: 'shift-phrase', bars },
      editText: `Begin the phrases ${barsText(bars)}`,
      beat: edges.find(({ place }) => place === usual)!.beat,
    }
  }
  for (let split = LEAST_EDGES; split <= edges.length - LEAST_EDGES; split++) {
    const [before, after] = [edges.slice(0, split), edges.slice(split)]
    const [from, to] = [usualPlace(before), usualPlace(after)]
    if (from === null || to === null || from === to || after[0]!.place !== to) continue
    const { beat } = after[0]!
    const mend = longerFits(grid, { beat, from, to })
    // Who has set the phrases knows of it.
    if (mend.edit.bars === 0 && grid.phraseConfidence === 1) return null
    const bars = nearestTurn(to - from)
    return {
      code: 'PHRASE_SHIFTS',
      message: `From ${timeOf(grid, beat)} on, your sections begin ${barsText(bars)} in the phrase than before.`,
      ...mend,
      beat,
    }
  }
  return null
}

export const gridFindings = (grid: BeatGrid, labels: readonly Span[]): readonly GridFinding[] => {
  const phrase = phraseFinding(grid, labels)
  return [...gridDoubts(grid), ...(phrase === null ? [] : [phrase])]
}
