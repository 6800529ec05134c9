/**
 * @file Short generated pieces with exact truth for what the demo library does not hold: other metres, shuffles and triplets, slow
 * songs, off-beat bass under open hats, half-time drums. Each is drawn from its seed; sounds, patterns, layers and levels all vary.
 */
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../../src/core/audio/audio.ts'
import { createRandom, type Random } from '../../src/core/support/random.ts'
import type { Bpm, Seconds } from '../../src/core/units/units.ts'
import { chance, pick, within } from '../../src/demo/draw.ts'
import { every, type Hits, type SceneKind, styleOf } from './scene-styles.ts'
import {
  hatVoice,
  hertzOf,
  highPass,
  kickVoice,
  lowPass,
  noise,
  sawVoice,
  snareVoice,
  type Voice,
} from './scene-voices.ts'

export type Scene = {
  readonly kind: SceneKind
  readonly audio: MonoAudio
  readonly bpm: Bpm
  readonly beatsPerBar: number
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[]
  readonly phraseTimes: readonly Seconds[]
}

const RATE = ANALYSIS_SAMPLE_RATE_HZ

const CHORDS: readonly Hits[] = [
  [57, 60, 64],
  [53, 57, 60],
  [48, 52, 55],
  [55, 59, 62],
  [50, 53, 57],
  [52, 55, 59],
]

const LENGTH_SECONDS = 75

export type SceneOptions = {
  /** Seconds from beat 0 to a place in beats. @default one tempo throughout */
  readonly timeOf?: (beat: number, period: Seconds) => Seconds
  /** @default LENGTH_SECONDS */
  readonly seconds?: Seconds
}

/** Layers that sound in a section. */
type Layers = {
  readonly kick: boolean
  readonly snare: boolean
  readonly hat: boolean
  readonly bass: boolean
  readonly pad: boolean
  readonly lead: boolean
}

/** The kick may come late, and what lies between its strikes is all that there is before. */
const LAYERS_WITHOUT_KICK: Layers = { kick: false, snare: false, hat: true, bass: true, pad: false, lead: false }

const drawLayers = (random: Random, kind: SceneKind, first: boolean): Layers => {
  if (kind === 'off-beat' && first && chance(0.5, random)) return LAYERS_WITHOUT_KICK
  if (kind === 'off-beat' && chance(0.5, random))
    return { ...LAYERS_WITHOUT_KICK, kick: true, snare: chance(0.8, random) }
  const full = chance(first ? 0.45 : 0.65, random)
  const likely = (share: number): boolean => full || chance(share, random)
  return {
    kick: likely(0.5),
    snare: likely(0.5),
    hat: likely(0.7),
    bass: likely(0.6),
    pad: likely(0.6),
    lead: chance(0.4, random),
  }
}

export const drawScene = (
  kind: SceneKind,
  seed: number,
  { timeOf: secondsTo = (beat, period) => beat * period, seconds: length = LENGTH_SECONDS }: SceneOptions = {},
): Scene => {
  const random = createRandom(seed)
  const { bpm, beatsPerBar, bar, clap } = styleOf(kind, random)
  const period = 60 / bpm
  const samples = new Float32Array(length * RATE)
  const strike = (seconds: Seconds, voice: Voice, level: number): void => {
    const at = Math.round(seconds * RATE)
    for (let n = Math.max(0, -at); n < voice.length && at + n < samples.length; n++)
      samples[at + n]! += level * voice[n]!
  }
  const kick = kickVoice(random)
  const snare = clap ? highPass(lowPass(noise(random, 0.2, 18), 4000), 900) : snareVoice(random)
  const hat = hatVoice(random, within([40, 120], random))
  const open = hatVoice(random, within([8, 18], random))
  const levels = {
    kick: within([0.5, 1], random),
    snare: within([0.3, 0.9], random),
    hat: within([0.15, 0.7], random),
    open: within([0.3, 0.9], random),
    bass: within([0.15, 0.9], random),
    pad: within([0.02, 0.12], random),
    lead: within([0.05, 0.2], random),
  }
  const bassCutoff = within([200, 1200], random)
  const bassLength = pick([0.3, 0.45, 0.8], random)
  const progression = Array.from({ length: 4 }, () => pick(CHORDS, random))
  const human = chance(0.4, random) ? within([0.001, 0.006], random) : 0
  const loose = (): Seconds => human * (random() + random() - 1) * 2
  const firstDownbeat = chance(0.3, random) ? Math.floor(random() * beatsPerBar) : 0
  const start = within([0, period], random) + (chance(0.2, random) ? within([0, 4], random) : 0)
  const timeOf = (beat: number): Seconds => start + secondsTo(beat, period)
  const longest = Math.floor((length - start - 0.2) / period)
  const beats = Array.from({ length: longest }, (_, beat) => beat).filter((beat) => timeOf(beat) < length - 0.2).length
  const barsPerSection = pick([4, 8, 8, 16], random)
  const ghost = chance(0.3, random)
  const leadSteps = Array.from({ length: 4 }, () => Math.floor(random() * beatsPerBar * 2) / 2)
  let layers = drawLayers(random, kind, true)
  for (let at = 0; at * beatsPerBar - beatsPerBar + firstDownbeat < beats; at++) {
    // Bar 0 is the pick-up before the first downbeat.
    const barBeat = firstDownbeat + (at - 1) * beatsPerBar
    if (at > 1 && (at - 1) % barsPerSection === 0) {
      layers = drawLayers(random, kind, false)
      if (chance(0.5, random)) strike(timeOf(barBeat), open, 0.6)
    }
    const chord = progression[(((at - 1) % 4) + 4) % 4]!
    const play = (hits: Hits, voice: Voice, level: number): void => {
      for (const place of hits)
        if (barBeat + place >= 0 && barBeat + place < beats)
          strike(timeOf(barBeat + place) + loose(), voice, level * (human > 0 ? within([0.7, 1], random) : 1))
    }
    const fill = at % barsPerSection === 0 && chance(0.3, random)
    if (layers.kick && !fill) play(bar.kick, kick, levels.kick)
    if (layers.snare) play(fill ? every(beatsPerBar, 0.5) : bar.snare, snare, levels.snare)
    if (ghost && layers.snare) play([pick([0.75, 1.75, 2.25], random)], snare, levels.snare * 0.25)
    if (layers.hat) play(bar.hat, hat, levels.hat)
    if (layers.hat) play(bar.open, open, levels.open)
    if (layers.bass) {
      const note = sawVoice(hertzOf(chord[0]! - (chord[0]! > 52 ? 24 : 12)), bassLength * period, {
        cutoff: bassCutoff,
        decay: 3,
        attack: 0.004,
      })
      play(bar.bass, note, levels.bass)
    }
    if (layers.pad && barBeat >= 0 && barBeat + beatsPerBar <= beats)
      for (const note of chord)
        strike(
          timeOf(barBeat),
          sawVoice(hertzOf(note), beatsPerBar * period, { cutoff: 1500, decay: 0.2, attack: 0.06 }),
          levels.pad,
        )
    if (layers.lead)
      play(
        leadSteps,
        sawVoice(hertzOf(chord[at % 3]! + 12), 0.3, { cutoff: 3000, decay: 8, attack: 0.003 }),
        levels.lead,
      )
  }
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9)
  const all = Array.from({ length: beats }, (_, beat) => beat)
  return {
    kind,
    audio: { samples: samples.map((value) => (0.8 * value) / peak + 1e-4 * (2 * random() - 1)), sampleRate: RATE },
    bpm,
    beatsPerBar,
    beatTimes: all.map(timeOf),
    downbeatTimes: all
      .filter((beat) => (beat - firstDownbeat) % beatsPerBar === 0 && beat >= firstDownbeat)
      .map(timeOf),
    phraseTimes: all
      .filter((beat) => (beat - firstDownbeat) % (4 * beatsPerBar) === 0 && beat >= firstDownbeat)
      .map(timeOf),
  }
}
