/**
 * `npm run evaluate -- DIR --transitions`: are the windows that a transition proposes worth anything? For pairs of tracks that a DJ could mix,
 * the proposed window and random ones of the same pair, as long and begun on bars as well, are rendered as a set would be, and judged by
 * what can be measured on the samples (`mix-measures.ts`). Grids and sections are those of the corpus, so that nothing but the choice of the
 * window is judged; the key and tempo of a pair are the same for all of its windows.
 */
import { dirname } from 'node:path'
import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import { secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { mainTempo } from '../../src/core/beats/main-tempo.ts'
import { accuracyBand } from '../../src/core/evaluation/small-sample-bands.ts'
import { estimateEnergy } from '../../src/core/features/energy.ts'
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import type { SectionPart } from '../../src/core/labels/section-part.ts'
import { createDeckReader, type StereoSource } from '../../src/core/mixing/deck-reader.ts'
import { deckGains } from '../../src/core/mixing/mix-blocks.ts'
import { type MixMove, moveOfWindow } from '../../src/core/mixing/mix-move.ts'
import { type MixedTrack, planMix, trimOf } from '../../src/core/mixing/plan-mix.ts'
import { mixWindows } from '../../src/core/setlist/best-window.ts'
import { profileOf } from '../../src/core/setlist/mix-profile.ts'
import { type MixableTrack, proposeTransition } from '../../src/core/setlist/propose-transition.ts'
import { tempoDifferencePercent } from '../../src/core/similarity/tempo-difference.ts'
import { createRandom, type Random, shuffle } from '../../src/core/support/random.ts'
import { decodeFile } from '../../src/platform/decoding/decode-file.ts'
import { openStretcher } from '../../src/platform/mixing/time-stretch.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import { createAnalyser } from './analysis.ts'
import { MIX_MEASURES, type MixFigures, measureMix } from './mix-measures.ts'
import { alignColumns } from './table.ts'

/** As far as the pitch fader of most players goes. */
const MOST_TEMPO_PERCENT = 8
const RANDOM_WINDOWS = 4
/** Of a longer window so much is rendered that a pair takes seconds. */
const MOST_BARS = 16
const SAMPLE_RATE_HZ = 22_050

type Laid = { readonly track: CorpusTrack; readonly grid: BeatGrid; readonly parts: readonly SectionPart[] }
type Prepared = Laid & { readonly features: FeatureMatrix }

/** Constant tempo through the first and last beat of the corpus; null where its bars are not known. */
const lay = (track: CorpusTrack): Laid | null => {
  const { beatTimes: beats, downbeatTimes: downbeats, segments } = track
  if (!(beats && downbeats && track.hasConstantTempo && track.beatsCount && !track.isSong)) return null
  const bpm = (60 * (beats.length - 1)) / (beats.at(-1)! - beats[0]!)
  const bare = { anchors: [{ beat: 0, seconds: beats[0]!, bpm }] }
  const beatsPerBar = Math.round(secondsToBeats(bare, downbeats[1]!) - secondsToBeats(bare, downbeats[0]!))
  const first = Math.round(secondsToBeats(bare, downbeats[0]!))
  const firstDownbeat = ((first % beatsPerBar) + beatsPerBar) % beatsPerBar
  const sure = { tempoConfidence: 1, downbeatConfidence: 1, phraseConfidence: 1 }
  const grid = { ...bare, ...sure, beatCount: beats.length, beatsPerBar, firstDownbeat, firstPhrase: firstDownbeat }
  const parts = segments.flatMap(({ start, end, label, counts }) =>
    label === null || !counts
      ? []
      : [{ kind: label, startBeat: secondsToBeats(grid, start), endBeat: secondsToBeats(grid, end), isLabel: true }],
  )
  return parts.length === 0 ? null : { track, grid, parts: parts as unknown as readonly SectionPart[] }
}

const mixable = ({ track, grid, parts, features }: Prepared, sound: Sound): MixableTrack => ({
  title: track.id,
  grid,
  parts,
  camelot: null,
  tuningCents: null,
  energyCurve: estimateEnergy(features, grid).curve,
  features,
  voice: null,
  gain: trimOf(sound),
})

/** The window that Algiers proposes first, cut to what is rendered. */
const proposed = (
  one: Prepared,
  other: Prepared,
  sounds: readonly [Sound, Sound],
): { readonly move: MixMove; readonly style: string } | null => {
  const pair = [mixable(one, sounds[0]), mixable(other, sounds[1])] as const
  const ways = mixWindows(profileOf(pair[0]), profileOf(pair[1])).map((window) => ({
    window,
    ...proposeTransition(...pair, { window, distance: null }),
  }))
  const [best] = ways.sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
  if (best === undefined) return null
  const move = moveOfWindow([one.grid, other.grid], best.window, false)
  const beats = Math.min(move.beats, MOST_BARS * one.grid.beatsPerBar)
  return { move: { ...move, beats }, style: best.window.style }
}

const ratioOf = (one: Prepared, other: Prepared): number =>
  2 ** Math.round(Math.log2(mainTempo(other.grid) / mainTempo(one.grid)))

/** As long, begun at any bar of either track that leaves a bar of the one before it, and a bar of the other behind it. */
const drawn = (one: Prepared, other: Prepared, move: MixMove, random: Random): MixMove => {
  const bar = ({ grid }: Prepared, beats: number, before: number, behind: number): number => {
    const bars = Math.floor((grid.beatCount - grid.firstDownbeat - beats) / grid.beatsPerBar) - before - behind
    return grid.firstDownbeat + (before + Math.floor(random() * (bars + 1))) * grid.beatsPerBar
  }
  return { ...move, fromBeat: bar(one, move.beats, 1, 0), toBeat: bar(other, move.beats * ratioOf(one, other), 0, 1) }
}

type Sound = StereoSource & Omit<MixedTrack, 'title' | 'grid'>

const readSound = async (path: string): Promise<Sound> => {
  const { mono, durationSeconds, loudness } = await decodeFile(path, { folders: [dirname(path)] })
  const { samples } = mono
  return {
    durationSeconds,
    loudnessLufs: loudness.integratedLufs,
    truePeakDb: loudness.truePeakDb,
    read: (from, frames) => {
      const plane = Float32Array.from({ length: frames }, (_, n) => samples[from + n] ?? 0)
      return [plane, plane]
    },
  }
}

const judge = async (pair: readonly Prepared[], sounds: readonly Sound[], move: MixMove): Promise<MixFigures> => {
  const mix = planMix(
    pair.map(({ track, grid }, deck) => ({ ...sounds[deck]!, title: track.id, grid })),
    [move],
  )
  const overlap = mix.overlaps[0]!
  const barSeconds = overlap.swapSeconds * pair[0]!.grid.beatsPerBar
  const first = Math.round((overlap.startSeconds - barSeconds) * SAMPLE_RATE_HZ)
  const frames = Math.round((overlap.endSeconds + barSeconds) * SAMPLE_RATE_HZ) - first
  const decks: Float32Array[] = []
  for (const [index, source] of sounds.entries()) {
    const stretcher = await openStretcher(SAMPLE_RATE_HZ)
    const reader = createDeckReader({ deck: mix.decks[index]!, source, stretcher, sampleRate: SAMPLE_RATE_HZ }, first)
    decks.push(
      reader.read(frames)[0].map((value, n) => value * deckGains(mix, index, (first + n) / SAMPLE_RATE_HZ).rest),
    )
    stretcher.close()
  }
  const sampleOf = (seconds: number): number => Math.round(seconds * SAMPLE_RATE_HZ) - first
  return measureMix({
    decks: [decks[0]!, decks[1]!],
    sampleRate: SAMPLE_RATE_HZ,
    window: [sampleOf(overlap.startSeconds), sampleOf(overlap.endSeconds)],
    barFrames: Math.round(barSeconds * SAMPLE_RATE_HZ),
  })
}

type Judged = {
  readonly from: string
  readonly style: string
  readonly own: MixFigures
  readonly others: readonly MixFigures[]
}

/** Each measure in standard deviations of all windows, and their mean: no measure is weighed by hand. */
const scaled = (judged: readonly Judged[]): ((figures: MixFigures) => number) => {
  const all = judged.flatMap(({ own, others }) => [own, ...others])
  const scales = MIX_MEASURES.map((measure) => {
    const mean = all.reduce((sum, figures) => sum + figures[measure], 0) / all.length
    const spread = Math.sqrt(all.reduce((sum, figures) => sum + (figures[measure] - mean) ** 2, 0) / all.length)
    return { measure, mean, spread: spread || 1 }
  })
  return (figures) =>
    scales.reduce((sum, { measure, mean, spread }) => sum + (figures[measure] - mean) / spread, 0) / scales.length
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
type Wins = readonly { readonly from: string; readonly won: boolean }[]
const percent = (value: number): string => (100 * value).toFixed(0)

/** With its band of 90 %; pairs that begin with the same track are alike. */
const share = (wins: Wins): string => {
  const tallies = [...new Set(wins.map(({ from }) => from))].map((from) => {
    const own = wins.filter((win) => win.from === from)
    return { samples: own.length, right: own.filter(({ won }) => won).length }
  })
  const { low, high } = accuracyBand(tallies)
  return `${percent(mean(wins.map(({ won }) => Number(won))))} % (${percent(low)}–${percent(high)})`
}

const table = (judged: readonly Judged[]): string => {
  const one = scaled(judged)
  const rows = [
    ...MIX_MEASURES.map((name) => [name, (figures: MixFigures) => figures[name]] as const),
    ['all together', one] as const,
  ]
  return alignColumns([
    ['measure', 'better than the mean of its random windows', 'than each of them', 'proposed', 'random'],
    ...rows.map(([name, of]) => [
      name,
      share(judged.map(({ from, own, others }) => ({ from, won: of(own) < mean(others.map(of)) }))),
      share(judged.flatMap(({ from, own, others }) => others.map((other) => ({ from, won: of(own) < of(other) })))),
      mean(judged.map(({ own }) => of(own))).toFixed(3),
      mean(judged.flatMap(({ others }) => others.map(of))).toFixed(3),
    ]),
  ])
}

const waysOf = (judged: readonly Judged[]): string =>
  [...new Set(judged.map(({ style }) => style))]
    .map((style) => `${style} ${judged.filter((one) => one.style === style).length}`)
    .join(', ')

/** @param pairs how many are drawn at most */
export const evaluateTransitions = async (
  tracks: readonly CorpusTrack[],
  { seed, pairs, note }: { readonly seed: number; readonly pairs: number; readonly note: (text: string) => void },
): Promise<string> => {
  const laid = tracks.flatMap((track) => lay(track) ?? [])
  const analyser = await createAnalyser()
  const prepared = await Promise.all(
    laid.map(async (one) => ({ ...one, features: await analyser.features(one.track.audioPath, one.grid) })),
  )
  await analyser.close()
  const random = createRandom(seed)
  const possible = prepared.flatMap((one) =>
    prepared
      .filter(
        (other) =>
          other !== one &&
          Math.abs(tempoDifferencePercent(mainTempo(one.grid), mainTempo(other.grid))) <= MOST_TEMPO_PERCENT,
      )
      .map((other) => [one, other] as const),
  )
  const judged: Judged[] = []
  const chosen = shuffle(possible, random).slice(0, pairs)
  // Pairs that begin with the same track follow each other, so that it is decoded once.
  let last = null as { readonly track: CorpusTrack; readonly sound: Sound } | null
  for (const [one, other] of chosen.toSorted(([a], [b]) => (a.track.id < b.track.id ? -1 : 1))) {
    if (last?.track !== one.track) last = { track: one.track, sound: await readSound(one.track.audioPath) }
    const sounds = [last.sound, await readSound(other.track.audioPath)] as const
    const found = proposed(one, other, sounds)
    if (found === null) continue
    const { move, style } = found
    const others: MixFigures[] = []
    for (let draw = 0; draw < RANDOM_WINDOWS; draw++)
      others.push(await judge([one, other], sounds, drawn(one, other, move, random)))
    const own = await judge([one, other], sounds, move)
    judged.push({ from: one.track.id, style, own, others })
    const told = MIX_MEASURES.map(
      (name) => `${own[name].toFixed(3)}/${mean(others.map((figures) => figures[name])).toFixed(3)}`,
    )
    note(`${one.track.id} into ${other.track.id}, ${style}: ${told.join(' ')}`)
  }
  return [
    `${judged.length} of ${possible.length} ordered pairs within ${MOST_TEMPO_PERCENT} % of tempo, of ${prepared.length} tracks; ${RANDOM_WINDOWS} random windows each; lower is better`,
    table(judged),
    `Ways: ${waysOf(judged)}`,
  ].join('\n\n')
}
