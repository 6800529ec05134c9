/** @file Edits of the tempo of a grid; what a person set is certain (confidence 1). */
import { UserError } from '../support/user-error.ts'
import { modulo } from '../units/modulo.ts'
import type { Bpm, Seconds } from '../units/units.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { carryPhrases, countPhrases, phraseCounts, renumber, requireInside, settled } from './edited-grid.ts'
import type { GridAnchor } from './grid-anchor.ts'
import { MAX_TEMPO_BPM } from './tempo-range.ts'

/** A beat lasts 3 s at this tempo; nobody would want a slower grid. */
const SLOWEST_BPM = 20
const FASTEST_BPM = 2 * MAX_TEMPO_BPM

/** Without those of the joints at which bars begin anew, where a few beats stand for others. */
const lastingTempi = ({ anchors, beatsPerBar }: BeatGrid): readonly Bpm[] =>
  anchors.flatMap(({ beat, bpm }, at) => {
    const next = anchors[at + 1]
    return next === undefined || next.beat - beat > beatsPerBar ? [bpm] : []
  })

const bpmBetween = (a: Omit<GridAnchor, 'bpm'>, b: Omit<GridAnchor, 'bpm'>): Bpm =>
  ((b.beat - a.beat) * 60) / (b.seconds - a.seconds)

/** Rounding. */
const SAME_SECONDS = 1e-6

/** The same beats, with an anchor at the last beat of each piece that does not lead to the next anchor, so that what lies between two is between them. */
const leadOn = (anchors: readonly GridAnchor[]): readonly GridAnchor[] =>
  anchors.flatMap((anchor, at) => {
    const next = anchors[at + 1]
    const timeOf = (beat: number): Seconds => anchor.seconds + ((beat - anchor.beat) * 60) / anchor.bpm
    if (next === undefined || Math.abs(timeOf(next.beat) - next.seconds) < SAME_SECONDS) return [anchor]
    const last = { beat: Math.ceil(next.beat) - 1, seconds: timeOf(Math.ceil(next.beat) - 1) }
    if (last.beat <= anchor.beat) return [{ ...anchor, bpm: bpmBetween(anchor, next) }]
    return [anchor, { ...last, bpm: bpmBetween(last, next) }]
  })

/** Beat 2 b of the new grid is beat b of the old one; half-beats become beats. */
export const doubleTempo = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  refuseTempo(lastingTempi(grid).map((bpm) => bpm * 2))
  const doubled = {
    ...settled(grid, 'tempo', 'phase', 'bars'),
    anchors: leadOn(grid.anchors).map(({ beat, seconds, bpm }) => ({ beat: beat * 2, seconds, bpm: bpm * 2 })),
    beatCount: grid.beatCount * 2,
    firstDownbeat: modulo(grid.firstDownbeat * 2, grid.beatsPerBar),
    tempoConfidence: 1,
  }
  const counts = phraseCounts(grid).map((beat) => beat * 2)
  return renumber(countPhrases(doubled, counts), durationSeconds)
}

/** Keeps every other beat, so that the phrase starts stay beats and the first of them stays a downbeat. */
export const halveTempo = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  refuseTempo(lastingTempi(grid).map((bpm) => bpm / 2))
  const kept = grid.firstPhrase % 2
  const firstPhrase = (grid.firstPhrase - kept) / 2
  const halved = {
    ...settled(grid, 'tempo', 'phase', 'bars'),
    anchors: grid.anchors.map(({ beat, seconds, bpm }) => ({ beat: (beat - kept) / 2, seconds, bpm: bpm / 2 })),
    firstDownbeat: modulo(firstPhrase, grid.beatsPerBar),
    tempoConfidence: 1,
  }
  const counts = phraseCounts(grid).map((beat) => (beat - kept) / 2)
  return renumber(countPhrases(halved, counts), durationSeconds)
}

const refuseTempo = (tempi: readonly Bpm[]): void => {
  for (const bpm of tempi)
    if (!(bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM))
      throw new UserError(
        'GRID_EDIT_INVALID',
        `The tempo would be ${bpm.toFixed(2)} BPM; ${SLOWEST_BPM} to ${FASTEST_BPM} are possible.`,
      )
}

/** One tempo for the whole track; the beat nearest to `seconds` stays where it is, with its place in the bar. */
export const setTempo = (
  grid: BeatGrid,
  {
    bpm,
    seconds,
    durationSeconds,
  }: { readonly bpm: Bpm; readonly seconds: Seconds; readonly durationSeconds: Seconds },
): BeatGrid => {
  refuseTempo([bpm])
  requireInside(seconds, durationSeconds)
  const beat = Math.round(secondsToBeats(grid, seconds))
  const anchor = { beat, seconds: beatsToSeconds(grid, beat), bpm }
  const set = countPhrases({ ...settled(grid, 'tempo'), anchors: [anchor], tempoConfidence: 1 }, [grid.firstPhrase])
  return carryPhrases(grid, renumber(set, durationSeconds))
}

/**
 * Puts the beat nearest to `seconds` there, and spreads the beats evenly between it and the anchors on both sides: the grid follows a
 * drift. After the last anchor the new tempo goes on; with one anchor after it, the tempo before goes on backwards.
 */
export const pinBeat = (grid: BeatGrid, seconds: Seconds, durationSeconds: Seconds): BeatGrid => {
  requireInside(seconds, durationSeconds)
  const beat = Math.round(secondsToBeats(grid, seconds))
  const before = grid.anchors.filter((anchor) => anchor.beat < beat)
  const after = grid.anchors.filter((anchor) => anchor.beat > beat)
  const [last, next] = [before.at(-1), after[0]]
  if ((last && last.seconds >= seconds) || (next && next.seconds <= seconds))
    throw new UserError('GRID_EDIT_INVALID', `The beat at ${seconds} s would pass a place that is set already.`)
  const here = { beat, seconds }
  const leading = last && { ...last, bpm: bpmBetween(last, here) }
  const bpm = next ? bpmBetween(here, next) : (leading?.bpm ?? grid.anchors[0]!.bpm)
  const anchors = [...before.slice(0, -1), ...(leading ? [leading] : []), { ...here, bpm }, ...after]
  refuseTempo([...(leading ? [leading.bpm] : []), bpm])
  return renumber(
    { ...settled(grid, 'tempo', 'phase'), anchors, tempoConfidence: 1, phaseConfidence: 1 },
    durationSeconds,
  )
}
