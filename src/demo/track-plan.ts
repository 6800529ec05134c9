import type { SectionKind } from '../core/labels/section-kind.ts'
import type { Span } from '../core/labels/span.ts'
import type { Random } from '../core/support/random.ts'
import type { Beats, Bpm, Decibels, Seconds } from '../core/units/units.ts'
import { chance, pick, randomFor, within } from './draw.ts'
import type { BassVoice, ChordVoice, Genre, GrooveName, LeadVoice } from './genre.ts'
import { genreStyles } from './genre-styles.ts'
import { type Chord, drawProgression, type MusicalKey } from './harmony.ts'
import { drawForm } from './section-forms.ts'
import { arrangeSection, type Cast } from './section-layers.ts'
import type { BusName, SectionPlan } from './section-plan.ts'

type SoundPlan = {
  readonly groove: GrooveName
  readonly kick: string
  readonly snare: string
  readonly hat: string
  readonly openHat: string
  readonly percussion: readonly string[]
  readonly breakLoop: string | null
  readonly bass: BassVoice
  readonly bassPattern: string
  readonly chord: ChordVoice
  readonly lead: LeadVoice
  /** 0 dark to 1 bright; moves the filters of every synthesised voice. */
  readonly brightness: number
}

type MixPlan = {
  readonly busDb: Readonly<Record<BusName, Decibels>>
  readonly pumpDepth: number
  readonly pumpBeats: Beats
  readonly reverbSeconds: Seconds
  readonly noiseDb: Decibels
  /** Level of the loudest sections before the limiter; the limiter's ceiling. */
  readonly loudnessDb: Decibels
  readonly ceilingDb: Decibels
  readonly compressionRatio: number
}

export type TrackPlan = {
  readonly seed: number
  readonly title: string
  readonly artist: string
  readonly genre: Genre
  readonly bpm: Bpm
  readonly beatsPerBar: 4
  /** Time of beat 0. */
  readonly firstBeatSeconds: Seconds
  /** Beat of the first bar line; the beats before it are a pick-up and belong to the first section. */
  readonly firstDownbeat: number
  readonly swing: number
  readonly key: MusicalKey
  readonly tuningCents: number
  readonly chords: readonly Chord[]
  readonly chordBeats: Beats
  /** Chords and bass change an eighth early, but on the first beat of a section. */
  readonly anticipated: boolean
  readonly sections: readonly SectionPlan[]
  readonly sounds: SoundPlan
  readonly mix: MixPlan
}

const HATS = [
  'hat_bdu',
  'hat_cab',
  'hat_gem',
  'hat_snap',
  'hat_star',
  'hat_tap',
  'hat_yosh',
  'hat_zan',
  'drum_cymbal_closed',
]
const OPEN_HATS = ['hat_cats', 'hat_gnu', 'hat_mess', 'hat_noiz', 'drum_cymbal_pedal', 'synth-open-hat']
const PERCUSSION = [
  'drum_cowbell',
  'drum_tom_hi_soft',
  'drum_tom_mid_soft',
  'elec_tick',
  'elec_blip2',
  'elec_wood',
  'elec_triangle',
  'perc_snap',
  'elec_plip',
  'elec_twip',
  'tabla_ke1',
  'tabla_na_s',
  'tabla_te1',
]

const drawSounds = (genre: Genre, random: Random): SoundPlan => {
  const style = genreStyles[genre]
  const [bass, patterns] = pick(style.basses, random)
  return {
    groove: style.groove,
    kick: pick(style.kicks, random),
    snare: pick(style.snares, random),
    hat: pick(HATS, random),
    openHat: pick(OPEN_HATS, random),
    percussion: [pick(PERCUSSION, random), pick(PERCUSSION, random)],
    breakLoop: chance(style.breakLoopShare, random) ? 'loop_amen' : null,
    bass,
    bassPattern: pick(patterns, random),
    chord: pick(style.chords, random),
    lead: pick(style.leads, random),
    brightness: random(),
  }
}

const drawMix = (genre: Genre, random: Random): MixPlan => {
  const around = (spreadDb: number): number => within([-spreadDb, spreadDb], random)
  return {
    busDb: {
      kick: around(1.5),
      drums: around(1.5),
      tops: around(2.5),
      bass: around(2),
      music: around(2),
      vocal: around(1.5),
      fx: around(2),
    },
    pumpDepth: within(genreStyles[genre].pump, random),
    pumpBeats: within([0.45, 0.95], random),
    reverbSeconds: within([0.9, 2.8], random),
    noiseDb: within([-78, -62], random),
    loudnessDb: within([-11.5, -8], random),
    ceilingDb: within([-1, -0.2], random),
    compressionRatio: within([1.3, 2.2], random),
  }
}

const drawTransitions = (
  kind: SectionKind,
  beats: Beats,
  next: SectionKind | null,
  random: Random,
): Omit<SectionPlan, keyof Span | 'kind' | 'layers' | 'sweeps'> => {
  const intoFull = next === 'drop' || next === 'chorus'
  const build = kind === 'build'
  const drums = kind !== 'break'
  return {
    fill:
      drums && next !== null && chance(intoFull ? 0.75 : 0.5, random)
        ? pick(['snare', 'toms', 'stutter'] as const, random)
        : 'none',
    fillBeats: pick([1, 2, 2, 4], random),
    kickRestBeats: next !== null && chance(0.5, random) ? pick([1, 2, 4], random) : 0,
    gapBeats: build && chance(0.35, random) ? pick([0.5, 1, 2], random) : 0,
    riserBeats: build ? beats : intoFull && chance(0.6, random) ? Math.min(beats, pick([4, 8, 16], random)) : 0,
    rollBeats: build && chance(0.8, random) ? Math.min(beats, pick([8, 16, 32], random)) : 0,
    entry:
      kind === 'drop' || kind === 'chorus'
        ? ['crash', ...(chance(0.5, random) ? (['impact'] as const) : [])]
        : kind === 'break' || kind === 'outro'
          ? [
              ...(chance(0.6, random) ? (['downlifter'] as const) : []),
              ...(chance(0.5, random) ? (['crash'] as const) : []),
            ]
          : chance(0.3, random) && kind !== 'intro'
            ? ['crash']
            : [],
  }
}

const drawSections = (
  plan: Pick<TrackPlan, 'seed' | 'genre' | 'bpm' | 'firstDownbeat' | 'sounds'>,
): readonly SectionPlan[] => {
  const style = genreStyles[plan.genre]
  const random = randomFor(plan.seed, `${plan.genre} sections`)
  const song = style.form === 'song'
  const cast: Cast = {
    song,
    breakLoop: plan.sounds.breakLoop !== null,
    dropLead: chance(0.6, random),
    dropChords: chance(0.75, random),
    dropVocalChops: chance(song ? 0.3 : 0.15, random),
    chorusLead: chance(0.5, random),
  }
  const form = drawForm(style, plan.bpm, random)
  let startBeat = 0
  return form.map(({ kind, beats }, index): SectionPlan => {
    const span = { startBeat, endBeat: startBeat + beats + (index === 0 ? plan.firstDownbeat : 0) }
    // The layers of the first section enter on bar lines, so they are laid out after the pick-up.
    const stage = { span: { ...span, startBeat: span.endBeat - beats }, cast, random }
    startBeat = span.endBeat
    return {
      ...span,
      kind,
      ...arrangeSection(kind, stage),
      ...drawTransitions(kind, beats, form[index + 1]?.kind ?? null, random),
    }
  })
}

/** The whole of a track as data: what plays when, in which key and tempo. The same arguments give the same plan. */
export const planTrack = (seed: number, genre: Genre): TrackPlan => {
  const random = randomFor(seed, genre)
  const style = genreStyles[genre]
  const drawn = within(style.tempoBpm, random)
  const bpm = chance(0.6, random) ? Math.round(drawn) : Math.round(drawn * 100) / 100
  const key: MusicalKey = {
    tonic: Math.floor(random() * 12),
    mode: chance(style.majorShare, random) ? 'major' : 'minor',
  }
  const chordBeats = pick(style.chordBeats, random)
  const base = {
    seed,
    genre,
    bpm,
    firstDownbeat: chance(0.15, random) ? pick([1, 2, 3], random) : 0,
    sounds: drawSounds(genre, randomFor(seed, `${genre} sounds`)),
  }
  return {
    ...base,
    title: `${genre} ${seed}`,
    artist: 'Algiers generator',
    beatsPerBar: 4,
    firstBeatSeconds: chance(0.3, random) ? 0 : Math.round(within([0.005, 0.6], random) * 1000) / 1000,
    swing: within(style.swing, random),
    key,
    tuningCents: chance(0.3, random) ? Math.round(within([-20, 20], random)) : 0,
    chords: drawProgression(key.mode, chordBeats, random),
    chordBeats,
    anticipated: chance(0.2, random),
    sections: drawSections(base),
    mix: drawMix(genre, randomFor(seed, `${genre} mix`)),
  }
}
